package io.crashplug.hotplug.web;

import io.crashplug.elfcore.CpuId;
import io.crashplug.hotplug.Change;
import io.crashplug.hotplug.ChangeSet;
import io.crashplug.hotplug.WhenTooLarge;
import io.crashplug.machine.web.DeviceJson;
import io.crashplug.machine.web.RangeJson;
import io.crashplug.web.InvalidField;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Change sets that the service makes itself, with their changes as the history keeps them. */
public final class ChangeSets {

    private ChangeSets() {}

    /** A set of changes of which none is still listed after its removal. */
    public static ChangeSet of(List<Change> changes, WhenTooLarge whenTooLarge, String reason, JsonMapper json) {
        return new ChangeSet(
                changes,
                json.writeValueAsString(changes.stream().map(ChangeSets::json).toList()),
                whenTooLarge,
                InvalidField.text(reason, "", ChangeSetRequest.MAX_REASON_LENGTH, "reason"));
    }

    private static ChangeJson json(Change change) {
        if (change instanceof Change.AddMemory added) {
            return new ChangeJson(
                    added.action(),
                    null,
                    RangeJson.of(added.range()),
                    DeviceJson.of(added.device()),
                    null,
                    unlessOnline(added.online()),
                    null);
        }
        if (change instanceof Change.RemoveMemory removed) {
            return ofTarget(change, removed.target());
        }
        if (change instanceof Change.OnlineMemory online) {
            return ofTarget(change, online.target());
        }
        if (change instanceof Change.OfflineMemory offline) {
            return ofTarget(change, offline.target());
        }
        if (change instanceof Change.AddCpu added) {
            return ofCpu(change, added.cpu(), unlessOnline(added.online()));
        }
        if (change instanceof Change.RemoveCpu removed) {
            return ofCpu(change, removed.cpu(), null);
        }
        if (change instanceof Change.OnlineCpu online) {
            return ofCpu(change, online.cpu(), null);
        }
        return ofCpu(change, ((Change.OfflineCpu) change).cpu(), null);
    }

    private static @Nullable Boolean unlessOnline(boolean online) {
        return online ? null : Boolean.FALSE;
    }

    private static ChangeJson ofTarget(Change change, Change.MemoryTarget target) {
        var range = target.range();
        return new ChangeJson(
                change.action(), null, range == null ? null : RangeJson.of(range), null, target.deviceId(), null, null);
    }

    private static ChangeJson ofCpu(Change change, CpuId cpu, @Nullable Boolean online) {
        return new ChangeJson(change.action(), cpu.number(), null, null, null, online, null);
    }
}
