package io.crashplug.intake;

import io.crashplug.elfcore.KernelProfile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which kernel's rules a guest follows, from what it tells. Releases lie, since distributions backport; so sysfs decides
 * first whether there is crash hotplug at all.
 */
final class ProfileGuess {

    private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*", Pattern.DOTALL);

    private ProfileGuess() {}

    /** What sysfs says of crash hotplug. */
    enum Sysfs {
        HAS_CRASH_HOTPLUG,
        HAS_NONE,
        SILENT
    }

    /** The profile; null if neither sysfs nor the release tells. */
    static @Nullable KernelProfile of(Sysfs sysfs, String release) {
        var version = RELEASE.matcher(release);
        if (!version.matches()) {
            return sysfs == Sysfs.HAS_NONE ? KernelProfile.LINUX_BEFORE_6_6 : null;
        }
        int number = 1000 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2));
        if (sysfs == Sysfs.HAS_NONE || (sysfs == Sysfs.SILENT && number < 6006)) {
            return KernelProfile.LINUX_BEFORE_6_6;
        }
        return number < 6009 ? KernelProfile.LINUX_6_6 : KernelProfile.LINUX_6_9;
    }

    /** Whether the release is of a kernel that had no crash hotplug when it was released. */
    static boolean isBeforeCrashHotplug(String release) {
        return of(Sysfs.SILENT, release) == KernelProfile.LINUX_BEFORE_6_6;
    }
}
