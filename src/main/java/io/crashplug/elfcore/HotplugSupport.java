package io.crashplug.elfcore;

import java.util.Set;

/**
 * Whether and when a kernel rewrites the header of a loaded image ({@code crash_handle_hotplug_event()},
 * kernel/crash_core.c, Linux 6.6).
 */
public enum HotplugSupport {

    /** The kernel has no crash hotplug: nothing is ever rewritten. */
    NONE(false, false, false) {
        @Override
        public boolean permits(LoadPath loadPath, Set<KexecFlag> flags) {
            return false;
        }
    },

    /** RFC v2: any image is rewritten at every event, also one whose loader knows nothing of it. */
    UNCONDITIONAL(true, false, false) {
        @Override
        public boolean permits(LoadPath loadPath, Set<KexecFlag> flags) {
            return true;
        }
    },

    /** Linux 6.6 to 6.8: images of kexec_file_load, and those that kexec_load was given the one flag for. */
    BY_UPDATE_FLAG(true, true, true) {
        @Override
        public boolean permits(LoadPath loadPath, Set<KexecFlag> flags) {
            return loadPath == LoadPath.KEXEC_FILE_LOAD || flags.contains(KexecFlag.KEXEC_UPDATE_ELFCOREHDR);
        }
    },

    /** Later: the same with either of two flags, which count for images that are for a crash only. */
    BY_HOTPLUG_FLAGS(true, true, true) {
        @Override
        public boolean permits(LoadPath loadPath, Set<KexecFlag> flags) {
            return loadPath == LoadPath.KEXEC_FILE_LOAD
                    || (flags.contains(KexecFlag.KEXEC_ON_CRASH)
                            && flags.stream().anyMatch(KexecFlag::isAboutHotplug));
        }
    };

    private final boolean rewrites;
    private final boolean skipsCpuEvents;
    private final boolean inSysfs;

    HotplugSupport(boolean rewrites, boolean skipsCpuEvents, boolean inSysfs) {
        this.rewrites = rewrites;
        this.skipsCpuEvents = skipsCpuEvents;
        this.inSysfs = inSysfs;
    }

    /**
     * Whether an image may be rewritten in place.
     *
     * @param flags those flags of the load that the kernel knows
     */
    public abstract boolean permits(LoadPath loadPath, Set<KexecFlag> flags);

    /** Whether the kernel rewrites the header of any image. */
    public boolean rewrites() {
        return rewrites;
    }

    /**
     * Whether the handler leaves the header alone: from Linux 6.6 on a header of this kernel's making already lists
     * every possible CPU ({@code arch_crash_handle_hotplug_event()}, arch/x86/kernel/crash.c, Linux 6.6).
     *
     * @param elfcorehdrUpdated whether an event has reached the image before
     */
    public boolean skips(KernelEvent event, LoadPath loadPath, boolean elfcorehdrUpdated) {
        return skipsCpuEvents
                && event == KernelEvent.CPU
                && (loadPath == LoadPath.KEXEC_FILE_LOAD || elfcorehdrUpdated);
    }

    /** Whether the kernel has the sysfs files crash_hotplug and crash_elfcorehdr_size. */
    public boolean inSysfs() {
        return inSysfs;
    }
}
