package io.crashplug.machine;

import static io.crashplug.problem.ProblemType.CPU_ALREADY_ONLINE;
import static io.crashplug.problem.ProblemType.CPU_ALREADY_PRESENT;
import static io.crashplug.problem.ProblemType.CPU_NOT_ONLINE;
import static io.crashplug.problem.ProblemType.CPU_NOT_POSSIBLE;
import static io.crashplug.problem.ProblemType.CPU_NOT_PRESENT;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.problem.Problem;
import io.crashplug.problem.ProblemException;
import io.crashplug.problem.ProblemType;

/**
 * The CPUs of a layout. Online ones are present, present ones are possible.
 *
 * @param possible CPUs that may ever appear; fixed when the guest boots
 * @param present CPUs plugged in
 * @param online CPUs that run
 */
public record Cpus(CpuSet possible, CpuSet present, CpuSet online) {

    public Cpus {
        if (!possible.containsAll(present)) {
            throw refused(
                    CPU_NOT_POSSIBLE,
                    "present CPUs %s are not among the possible CPUs %s".formatted(present.minus(possible), possible));
        }
        if (!present.containsAll(online)) {
            throw refused(
                    CPU_NOT_PRESENT,
                    "online CPUs %s are not among the present CPUs %s".formatted(online.minus(present), present));
        }
    }

    Cpus add(CpuId cpu, boolean thenOnline) {
        if (!possible.contains(cpu)) {
            throw refused(CPU_NOT_POSSIBLE, "CPU %s is not among the possible CPUs %s".formatted(cpu, possible));
        }
        if (present.contains(cpu)) {
            throw refused(CPU_ALREADY_PRESENT, "CPU %s is present already".formatted(cpu));
        }
        return new Cpus(possible, present.with(cpu), thenOnline ? online.with(cpu) : online);
    }

    Cpus remove(CpuId cpu) {
        requirePresent(cpu);
        return new Cpus(possible, present.without(cpu), online.without(cpu));
    }

    Cpus bringOnline(CpuId cpu) {
        requirePresent(cpu);
        if (online.contains(cpu)) {
            throw refused(CPU_ALREADY_ONLINE, "CPU %s is online already".formatted(cpu));
        }
        return new Cpus(possible, present, online.with(cpu));
    }

    Cpus takeOffline(CpuId cpu) {
        requirePresent(cpu);
        if (!online.contains(cpu)) {
            throw refused(CPU_NOT_ONLINE, "CPU %s is not online".formatted(cpu));
        }
        return new Cpus(possible, present, online.without(cpu));
    }

    private void requirePresent(CpuId cpu) {
        if (!present.contains(cpu)) {
            throw refused(CPU_NOT_PRESENT, "CPU %s is not among the present CPUs %s".formatted(cpu, present));
        }
    }

    private static ProblemException refused(ProblemType type, String detail) {
        return Problem.of(type, detail).toException();
    }
}
