package io.crashplug.elfcore;

import static io.crashplug.elfcore.KexecFlag.KEXEC_CRASH_HOTPLUG_SUPPORT;
import static io.crashplug.elfcore.KexecFlag.KEXEC_ON_CRASH;
import static io.crashplug.elfcore.KexecFlag.KEXEC_UPDATE_ELFCOREHDR;

import java.util.Set;

/**
 * Which kernel's rules apply. Everything that differs by kernel is a column here; no other code asks which kernel it
 * is.
 *
 * <pre>
 *                    exclude             slots  CMA   notes of  segment     header updated  CPU event            digest
 * LINUX_BEFORE_6_6   stops at first cut  N+2    kept  present   as built    never           -                    covers all
 * RFC_V2             stops at first cut  N+2    kept  present   configured  always          rewrites             covers none
 * LINUX_6_6          stops at first cut  N+2    kept  possible  maximum     if permitted    first of kexec_load  covers none
 * LINUX_6_9          through all         N+3+C  cut   possible  maximum     if permitted    first of kexec_load  covers others
 * </pre>
 *
 * <p>"If permitted": loaded by kexec_file_load, or with a hotplug flag that the kernel knows. "Covers none":
 * with the elfcorehdr at index 0, where x86 puts it, the test that should leave out one segment left out every one.
 */
public enum KernelProfile {
    /** Kernels as released before 6.6, which have no crash hotplug. */
    LINUX_BEFORE_6_6(
            ExcludeRule.STOPS_AT_FIRST_CUT,
            2,
            false,
            ListedCpus.PRESENT,
            SegmentSizing.AS_BUILT,
            HotplugSupport.NONE,
            DigestRule.COVERS_ALL,
            Set.of(KEXEC_ON_CRASH)),

    /** The series "RFC v2: crash: Kernel handling of CPU and memory hot un/plug" of December 2021, on Linux 5.16-rc. */
    RFC_V2(
            ExcludeRule.STOPS_AT_FIRST_CUT,
            2,
            false,
            ListedCpus.PRESENT_NOT_GOING_OFFLINE,
            SegmentSizing.CONFIGURED,
            HotplugSupport.UNCONDITIONAL,
            DigestRule.LEAVES_OUT_ALL_AT_INDEX_0,
            Set.of(KEXEC_ON_CRASH)),

    /** Linux 6.6 to 6.8, as the series was merged. */
    LINUX_6_6(
            ExcludeRule.STOPS_AT_FIRST_CUT,
            2,
            false,
            ListedCpus.POSSIBLE,
            SegmentSizing.FOR_MAXIMUM,
            HotplugSupport.BY_UPDATE_FLAG,
            DigestRule.LEAVES_OUT_ALL_AT_INDEX_0,
            Set.of(KEXEC_ON_CRASH, KEXEC_UPDATE_ELFCOREHDR)),

    /** Linux 6.9 and later. */
    LINUX_6_9(
            ExcludeRule.THROUGH_ALL,
            3,
            true,
            ListedCpus.POSSIBLE,
            SegmentSizing.FOR_MAXIMUM,
            HotplugSupport.BY_HOTPLUG_FLAGS,
            DigestRule.LEAVES_OUT_ELFCOREHDR,
            Set.of(KEXEC_ON_CRASH, KEXEC_UPDATE_ELFCOREHDR, KEXEC_CRASH_HOTPLUG_SUPPORT));

    private final ExcludeRule excludeRule;
    private final int spareSlots;
    private final boolean excludesCma;
    private final ListedCpus listedCpus;
    private final SegmentSizing segmentSizing;
    private final HotplugSupport hotplugSupport;
    private final DigestRule digestRule;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of() gives an immutable set
    private final Set<KexecFlag> knownFlags;

    KernelProfile(
            ExcludeRule excludeRule,
            int spareSlots,
            boolean excludesCma,
            ListedCpus listedCpus,
            SegmentSizing segmentSizing,
            HotplugSupport hotplugSupport,
            DigestRule digestRule,
            Set<KexecFlag> knownFlags) {
        this.excludeRule = excludeRule;
        this.spareSlots = spareSlots;
        this.excludesCma = excludesCma;
        this.listedCpus = listedCpus;
        this.segmentSizing = segmentSizing;
        this.hotplugSupport = hotplugSupport;
        this.digestRule = digestRule;
        this.knownFlags = knownFlags;
    }

    public ExcludeRule excludeRule() {
        return excludeRule;
    }

    /** Slots of the range array beyond one for each System RAM range ({@code fill_up_crash_elf_data()}). */
    int spareSlots(CrashKernel crashKernel) {
        return spareSlots + (excludesCma ? crashKernel.cma().size() : 0);
    }

    /** Whether {@code crashk_cma_ranges} are left out of a dump. */
    public boolean excludesCma() {
        return excludesCma;
    }

    public ListedCpus listedCpus() {
        return listedCpus;
    }

    /** What kexec_file_load sets aside for a header that was just built. */
    public HeaderReservation reserve(KernelConfig config, ElfCoreHeader built) {
        return segmentSizing.reserve(config, built);
    }

    public HotplugSupport hotplugSupport() {
        return hotplugSupport;
    }

    public DigestRule digestRule() {
        return digestRule;
    }

    /** The kexec_load flags that this kernel acts on. */
    public Set<KexecFlag> knownFlags() {
        return knownFlags;
    }
}
