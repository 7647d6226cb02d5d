package io.crashplug.elfcore;

/**
 * All that decides a header's bytes: with it the header can be built again at any time.
 *
 * @param goingOffline CPUs that the event takes offline, which only RFC v2 looks at
 */
public record BuildInputs(KernelProfile profile, HeaderInputs guest, CpuSet goingOffline) {

    /** The header once more. */
    public HeaderBuild build() {
        return ElfCoreHeader.build(profile, guest, goingOffline);
    }

    /** The inputs as bytes, to be kept; see {@link InputsFormat}. */
    public HeaderBytes encode() {
        return InputsFormat.encode(this);
    }

    /**
     * Reads what {@link #encode()} wrote, in this version or an earlier one.
     *
     * @throws IllegalArgumentException if the bytes are anything else
     */
    public static BuildInputs decode(HeaderBytes bytes) {
        return InputsFormat.decode(bytes);
    }
}
