package io.crashplug.hotplug.web;

import io.crashplug.hotplug.ChangeSet;
import io.crashplug.hotplug.WhenTooLarge;
import io.crashplug.web.InvalidField;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A change set on the wire. */
@Schema(name = "ChangeSet")
record ChangeSetRequest(
        @ArraySchema(minItems = 1, maxItems = ChangeSet.MAX_CHANGES)
        List<ChangeJson> changes,

        @Schema(defaultValue = "REFUSE") @Nullable WhenTooLarge whenTooLarge,

        @Schema(
                requiredMode = Schema.RequiredMode.NOT_REQUIRED,
                maxLength = ChangeSetRequest.MAX_REASON_LENGTH,
                example = "scale-up 4711")
        String reason) {

    static final int MAX_REASON_LENGTH = 1000;

    ChangeSetRequest {
        changes = InvalidField.items(InvalidField.required(changes, "changes"), ChangeSet.MAX_CHANGES, "changes");
        if (changes.isEmpty()) {
            throw new InvalidField("changes", "a change set has at least one change");
        }
        reason = InvalidField.text(reason, "", MAX_REASON_LENGTH, "reason");
    }

    ChangeSet set(JsonMapper json) {
        return new ChangeSet(
                changes.stream().map(ChangeJson::change).toList(),
                json.writeValueAsString(changes),
                whenTooLarge == null ? WhenTooLarge.REFUSE : whenTooLarge,
                reason);
    }
}
