package io.crashplug.elfcore;

import java.util.Set;

/** Whether and when a kernel rewrites the header of a loaded image ({@code crash_handle_hotplug_event()}, kernel/crash_core.c). */
public enum HotplugSupport {

    /** The kernel has no crash hotplug: nothing is ever rewritten. */
    NONE(false) {
        @Override
        public boolean permits(LoadPath loadPath, Set<KexecFlag> flags) {
            return false;
        }
    },

    /** RFC v2: any image is rewritten at every event, also one whose loader knows nothing of it. */
    UNCONDITIONAL(false) {
        @Override
        public boolean permits(LoadPath loadPath, Set<KexecFlag> flags) {
            return true;
        }
    },

    /** Linux 6.6 and later: by load path or flag; CPU events are skipped once every possible CPU is listed. */
    IF_PERMITTED(true) {
        @Override
        public boolean permits(LoadPath loadPath, Set<KexecFlag> flags) {
            return loadPath == LoadPath.KEXEC_FILE_LOAD
                    || (flags.contains(KexecFlag.KEXEC_ON_CRASH)
                            && (flags.contains(KexecFlag.KEXEC_UPDATE_ELFCOREHDR)
                                    || flags.contains(KexecFlag.KEXEC_CRASH_HOTPLUG_SUPPORT)));
        }
    };

    private final boolean inSysfs;

    HotplugSupport(boolean inSysfs) {
        this.inSysfs = inSysfs;
    }

    /**
     * Whether an image may be rewritten in place.
     *
     * @param flags those flags of the load that the kernel knows
     */
    public abstract boolean permits(LoadPath loadPath, Set<KexecFlag> flags);

    /**
     * Whether the handler leaves the header alone: from Linux 6.6 on a header of this kernel's making already lists
     * every possible CPU ({@code arch_crash_handle_hotplug_event()}, arch/x86/kernel/crash.c).
     *
     * @param elfcorehdrUpdated whether an event has reached the image before
     */
    public boolean skips(KernelEvent event, LoadPath loadPath, boolean elfcorehdrUpdated) {
        return this == IF_PERMITTED
                && event == KernelEvent.CPU
                && (loadPath == LoadPath.KEXEC_FILE_LOAD || elfcorehdrUpdated);
    }

    /** Whether the kernel has the sysfs files crash_hotplug and crash_elfcorehdr_size. */
    public boolean inSysfs() {
        return inSysfs;
    }
}
