package io.crashplug.intake;

import static io.crashplug.elfcore.KernelProfile.LINUX_6_6;
import static io.crashplug.elfcore.KernelProfile.LINUX_6_9;
import static io.crashplug.elfcore.KernelProfile.LINUX_BEFORE_6_6;
import static io.crashplug.intake.ProfileGuess.Sysfs.HAS_CRASH_HOTPLUG;
import static io.crashplug.intake.ProfileGuess.Sysfs.HAS_NONE;
import static io.crashplug.intake.ProfileGuess.Sysfs.SILENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.crashplug.elfcore.KernelProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileGuessTests {

    @ParameterizedTest
    @CsvSource({
        "5.14.0-427.el9.x86_64, LINUX_BEFORE_6_6",
        "6.1.0-30-amd64,        LINUX_BEFORE_6_6",
        "6.5.13,                LINUX_BEFORE_6_6",
        "6.6.0,                 LINUX_6_6",
        "6.8.12,                LINUX_6_6",
        "6.9.0,                 LINUX_6_9",
        "6.12.95+deb12-amd64,   LINUX_6_9",
        "7.0,                   LINUX_6_9",
    })
    void whereSysfsIsSilentTheReleaseDecides(String release, KernelProfile profile) {
        assertThat(ProfileGuess.of(SILENT, release)).isEqualTo(profile);
    }

    @Test
    void aReleaseWithoutCrashHotplugInSysfsIsOfTheOldKind() {
        assertThat(ProfileGuess.of(HAS_NONE, "6.12.95")).isEqualTo(LINUX_BEFORE_6_6);
        assertThat(ProfileGuess.of(HAS_NONE, "")).isEqualTo(LINUX_BEFORE_6_6);
    }

    @Test
    void aBackportFollowsTheRulesAsMerged() {
        assertThat(ProfileGuess.of(HAS_CRASH_HOTPLUG, "5.14.0-427.el9.x86_64")).isEqualTo(LINUX_6_6);
        assertThat(ProfileGuess.of(HAS_CRASH_HOTPLUG, "6.12.95")).isEqualTo(LINUX_6_9);
    }

    @Test
    void withoutSysfsAndReleaseThereIsNoGuess() {
        assertThat(ProfileGuess.of(SILENT, "")).isNull();
        assertThat(ProfileGuess.of(HAS_CRASH_HOTPLUG, "unknown")).isNull();
    }
}
