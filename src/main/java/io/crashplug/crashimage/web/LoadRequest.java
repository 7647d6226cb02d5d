package io.crashplug.crashimage.web;

import io.crashplug.elfcore.LoadPath;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.Schema;

/** A crash image to load. */
@Schema(name = "LoadCrashImage")
record LoadRequest(
        @Schema(description = "KEXEC_FILE_LOAD: the kernel computes size and placement of the header")
        LoadPath loadPath) {

    LoadRequest {
        InvalidField.required(loadPath, "loadPath");
        if (loadPath != LoadPath.KEXEC_FILE_LOAD) {
            throw new InvalidField("loadPath", "only KEXEC_FILE_LOAD is supported");
        }
    }
}
