package io.crashplug.elfcore;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The two acts that bench/elfcore_floor.c measures, into a buffer that is used again. Iterations are short and many
 * because the best one counts: a busy machine leaves it alone for milliseconds, not for seconds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(4)
@Warmup(iterations = 6, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 300, time = 5, timeUnit = TimeUnit.MILLISECONDS)
public class HeaderBenchmark {

    static final KernelProfile PROFILE = KernelProfile.LINUX_6_9;

    @Param
    public FloorLayout layout;

    private HeaderInputs inputs;
    private RangeArray memory;
    private byte[] buffer;

    @Setup
    public void allocateBuffer() {
        inputs = layout.inputs();
        memory = dumpedMemory();
        buffer = new byte[writer(memory).elfsz()];
    }

    /** What one hotplug event costs before any storage: take System RAM, exclude, write the header. */
    @Benchmark
    public byte rebuild() {
        return write(writer(dumpedMemory()));
    }

    /** Only write the header. */
    @Benchmark
    public byte build() {
        return write(writer(memory));
    }

    private RangeArray dumpedMemory() {
        int capacity = inputs.systemRam().count() + PROFILE.spareSlots(inputs.crashKernel());
        return DumpedMemory.of(PROFILE, inputs, capacity);
    }

    private HeaderWriter writer(RangeArray dumped) {
        return new HeaderWriter(inputs, PROFILE.listedCpus().of(inputs, CpuSet.NONE), dumped);
    }

    private byte write(HeaderWriter writer) {
        writer.writeTo(buffer);
        return buffer[writer.elfsz() / 2];
    }
}
