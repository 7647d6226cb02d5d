package io.crashplug.elfcore;

/** Whose notes {@code crash_prepare_elf64_headers()} lists (kernel/crash_core.c, Linux 6.6). Possible CPUs count in the size either way. */
public enum ListedCpus {
    /** Before Linux 6.6. */
    PRESENT {
        @Override
        public CpuSet of(HeaderInputs inputs, CpuSet goingOffline) {
            return inputs.present();
        }
    },
    /** RFC v2. */
    PRESENT_NOT_GOING_OFFLINE {
        @Override
        public CpuSet of(HeaderInputs inputs, CpuSet goingOffline) {
            return goingOffline.isEmpty() ? inputs.present() : inputs.present().minus(goingOffline);
        }
    },
    /** Linux 6.6 and later. */
    POSSIBLE {
        @Override
        public CpuSet of(HeaderInputs inputs, CpuSet goingOffline) {
            return inputs.possible();
        }
    };

    /** The CPUs whose notes a header lists, given the CPUs that go offline with the event. */
    public abstract CpuSet of(HeaderInputs inputs, CpuSet goingOffline);

    /** Whether a CPU is listed before it is present, so that plugging it adds no program header. */
    public boolean listsAbsent() {
        return this == POSSIBLE;
    }
}
