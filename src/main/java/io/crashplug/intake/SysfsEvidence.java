package io.crashplug.intake;

import io.crashplug.intake.ProfileGuess.Sysfs;

/** Whether a guest's sysfs shows that its kernel has crash hotplug. */
final class SysfsEvidence {

    private SysfsEvidence() {}

    /**
     * The size file exists just where crash hotplug does. The crash_hotplug files read 0 also while no image is loaded,
     * so a 0 only counts where one is or might be.
     */
    static Sysfs of(GuestFacts guest) {
        var size = guest.crashElfcorehdrSizeBytes();
        if (size != null) {
            return size > 0 ? Sysfs.HAS_CRASH_HOTPLUG : Sysfs.HAS_NONE;
        }
        if (Boolean.TRUE.equals(guest.cpuHotplugPermitted()) || Boolean.TRUE.equals(guest.memoryHotplugPermitted())) {
            return Sysfs.HAS_CRASH_HOTPLUG;
        }
        boolean saysNo = guest.crashHotplugGiven()
                && (guest.cpuHotplugPermitted() == null || !Boolean.FALSE.equals(guest.kexecCrashLoaded()));
        return saysNo ? Sysfs.HAS_NONE : Sysfs.SILENT;
    }
}
