package io.crashplug.hotplug;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.machine.InstalledMemory;
import io.crashplug.machine.InstalledRange;
import io.crashplug.machine.MemoryDevice;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of a change set. */
public sealed interface Change {

    Action action();

    /**
     * Makes the change after those so far.
     *
     * @throws io.crashplug.problem.ProblemException if the layout makes it impossible
     */
    LayoutChange after(LayoutChange before);

    /** A CPU is plugged in, and online unless said otherwise. */
    record AddCpu(CpuId cpu, boolean online) implements Change {
        @Override
        public Action action() {
            return Action.ADD_CPU;
        }

        @Override
        public LayoutChange after(LayoutChange before) {
            var added = before.to(before.layout().addCpu(cpu, online));
            return online ? added.cpuCameOnline(cpu) : added;
        }
    }

    /** A CPU is taken out; if it is online it goes offline first, which is what the kernel hears. */
    record RemoveCpu(CpuId cpu) implements Change {
        @Override
        public Action action() {
            return Action.REMOVE_CPU;
        }

        @Override
        public LayoutChange after(LayoutChange before) {
            boolean wasOnline = before.layout().cpus().online().contains(cpu);
            var removed = before.to(before.layout().removeCpu(cpu));
            return wasOnline ? removed.cpuWentOffline(cpu) : removed;
        }
    }

    /** A CPU that is present is brought online. */
    record OnlineCpu(CpuId cpu) implements Change {
        @Override
        public Action action() {
            return Action.ONLINE_CPU;
        }

        @Override
        public LayoutChange after(LayoutChange before) {
            return before.to(before.layout().onlineCpu(cpu)).cpuCameOnline(cpu);
        }
    }

    /** A CPU is taken offline and stays present. */
    record OfflineCpu(CpuId cpu) implements Change {
        @Override
        public Action action() {
            return Action.OFFLINE_CPU;
        }

        @Override
        public LayoutChange after(LayoutChange before) {
            return before.to(before.layout().offlineCpu(cpu)).cpuWentOffline(cpu);
        }
    }

    /** Memory is plugged in, and online unless said otherwise; only then does the kernel's handler hear of it. */
    record AddMemory(PhysicalRange range, @Nullable MemoryDevice device, boolean online) implements Change {
        @Override
        public Action action() {
            return Action.ADD_MEMORY;
        }

        @Override
        public LayoutChange after(LayoutChange before) {
            var added = before.to(before.layout().addMemory(range, online, device));
            return online ? added.memoryEvent() : added;
        }
    }

    /**
     * Memory is taken out. Unlike Linux (ADR 7) the header is built without it, but for what is said to be still listed.
     *
     * @param stillListed what of it the kernel's handler still found listed; null for nothing
     */
    record RemoveMemory(MemoryTarget target, @Nullable StillListed stillListed) implements Change {
        @Override
        public Action action() {
            return Action.REMOVE_MEMORY;
        }

        @Override
        public LayoutChange after(LayoutChange before) {
            var memory = before.layout().memory();
            var all = target.ranges(memory);
            var listed = new ArrayList<InstalledRange>();
            if (stillListed != null) {
                stillListed.requirePartOf(all);
                for (var removed : all) {
                    stillListed.of(removed).stream()
                            .map(part -> InstalledRange.of(part, true, memory.deviceBehind(removed)))
                            .forEach(listed::add);
                }
            }
            return before.without(before.layout().removeMemory(all), all)
                    .stillListing(listed)
                    .memoryEvent();
        }
    }

    /** Memory that is plugged in goes online. */
    record OnlineMemory(MemoryTarget target) implements Change {
        @Override
        public Action action() {
            return Action.ONLINE_MEMORY;
        }

        @Override
        public LayoutChange after(LayoutChange before) {
            var parts = target.ranges(before.layout().memory());
            return before.to(before.layout().onlineMemory(parts)).memoryEvent();
        }
    }

    /** Memory goes offline and stays plugged in, so it stays listed. */
    record OfflineMemory(MemoryTarget target) implements Change {
        @Override
        public Action action() {
            return Action.OFFLINE_MEMORY;
        }

        @Override
        public LayoutChange after(LayoutChange before) {
            var parts = target.ranges(before.layout().memory());
            return before.to(before.layout().offlineMemory(parts)).memoryEvent();
        }
    }

    /**
     * Which memory a change is about: a range, or all ranges of a device. Exactly one of the two is there.
     */
    record MemoryTarget(
            @Nullable PhysicalRange range, @Nullable String deviceId) {

        public MemoryTarget {
            if ((range == null) == (deviceId == null)) {
                throw new IllegalArgumentException("name either a range or a deviceId");
            }
        }

        List<PhysicalRange> ranges(InstalledMemory memory) {
            return range != null ? List.of(range) : memory.ofDevice(String.valueOf(deviceId));
        }
    }

    /**
     * What of removed memory was still listed.
     *
     * @param part the part that was; null for all of it
     */
    record StillListed(@Nullable PhysicalRange part) {

        void requirePartOf(List<PhysicalRange> removed) {
            if (part != null && removed.stream().noneMatch(range -> range.contains(part))) {
                throw Problem.of(
                                ProblemType.RANGE_NOT_PRESENT,
                                "stillListed %s is no part of the removed range %s".formatted(part, removed.get(0)))
                        .toException();
            }
        }

        List<PhysicalRange> of(PhysicalRange removed) {
            if (part == null) {
                return List.of(removed);
            }
            return removed.contains(part) ? List.of(part) : List.of();
        }
    }
}
