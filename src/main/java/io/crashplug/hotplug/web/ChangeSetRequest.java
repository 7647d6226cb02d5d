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

        @Schema(maxLength = ChangeSetRequest.MAX_REASON_LENGTH, example = "scale-up 4711") @Nullable
        String reason) {

    static final int MAX_REASON_LENGTH = 1000;

    ChangeSetRequest {
        InvalidField.required(changes, "changes");
        if (changes.isEmpty() || changes.size() > ChangeSet.MAX_CHANGES) {
            throw new InvalidField(
                    "changes",
                    "a change set has 1 to %d changes, not %d".formatted(ChangeSet.MAX_CHANGES, changes.size()));
        }
        if (changes.contains(null)) {
            throw new InvalidField("changes/" + changes.indexOf(null), "a change is missing");
        }
        reason = InvalidField.text(reason, "", MAX_REASON_LENGTH, "reason");
    }

    ChangeSet set(JsonMapper json) {
        return new ChangeSet(
                changes.stream().map(ChangeJson::change).toList(),
                json.writeValueAsString(changes),
                whenTooLarge == null ? WhenTooLarge.REFUSE : whenTooLarge,
                reason == null ? "" : reason);
    }
}
