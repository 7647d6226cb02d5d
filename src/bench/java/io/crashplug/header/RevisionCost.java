package io.crashplug.header;

import io.crashplug.CrashplugApplication;
import io.crashplug.crashimage.HeaderChanged;
import io.crashplug.crashimage.HeaderInForce;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.CrashNotes;
import io.crashplug.elfcore.ElfCoreHeader;
import io.crashplug.elfcore.HeaderBuild;
import io.crashplug.elfcore.HeaderInputs;
import io.crashplug.elfcore.KernelProfile;
import io.crashplug.elfcore.PhysicalRange;
import io.crashplug.elfcore.SegmentContent;
import io.crashplug.elfcore.Vmcoreinfo;
import io.crashplug.machine.MachineRef;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What revisions cost: 10,000 of a header of 512 CPUs and 8,192 ranges, each a range more or a range less than the one
 * before, written to an H2 file; then the time to read the first, the middle and the last, minimum against minimum.
 */
public final class RevisionCost {

    private static final int REVISIONS = 10_000;
    private static final int RANGES = 8192;
    private static final int READS = 300;
    private static final long BLOCK_BYTES = 1L << 27;
    private static final long MEMSZ_BYTES = 1L << 20;

    private RevisionCost() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("revision-cost");
        try (var context = new SpringApplicationBuilder(CrashplugApplication.class)
                .run(
                        "--server.port=0",
                        "--logging.level.root=warn",
                        "--spring.datasource.url=jdbc:h2:file:%s;WRITE_DELAY=0"
                                .formatted(directory.resolve("crashplug")))) {
            var machine = machine(context);
            write(context, machine);
            storage(context);
            reads(context, machine);
        }
    }

    private static UUID machine(ConfigurableApplicationContext context) throws IOException, InterruptedException {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/api/v1/machines".formatted(port)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"name": "large", "cpus": {"possible": "0-511", "present": "0-511"},
                         "memory": {"systemRam": [{"start": "0x100000", "end": "0x7fffffff"}]}}"""))
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return context.getBean(JdbcClient.class)
                .sql("select id from machine")
                .query(UUID.class)
                .single();
    }

    private static void write(ConfigurableApplicationContext context, UUID machine) {
        var store = context.getBean(RevisionStore.class);
        var transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        var random = new Random(6);
        var blocks = new TreeSet<Long>();
        for (long i = 0; i < RANGES; i++) {
            blocks.add(4 * i);
        }
        var added = new ArrayList<Long>();
        for (long number = 1; number <= REVISIONS; number++) {
            if (number % 2 == 0) {
                long block = 4L * random.nextInt(RANGES) + 1 + random.nextInt(3);
                if (blocks.add(block)) added.add(block);
            } else if (!added.isEmpty()) {
                blocks.remove(added.remove(random.nextInt(added.size())));
            }
            var header = header(blocks);
            var inForce = HeaderInForce.built(number, number, header, Instant.now());
            transaction.executeWithoutResult(status -> store.append(
                    machine,
                    new HeaderChanged.InSegment(
                            inForce, 0, SegmentContent.of(header.bytes(), MEMSZ_BYTES), header.builtFrom()),
                    null));
        }
    }

    private static ElfCoreHeader header(TreeSet<Long> blocks) {
        var cpus = CpuSet.parse("0-511");
        List<PhysicalRange> ranges = blocks.stream()
                .map(block -> PhysicalRange.ofSize((1L << 32) + block * BLOCK_BYTES, BLOCK_BYTES))
                .toList();
        var inputs = new HeaderInputs(
                cpus,
                cpus,
                CrashNotes.NONE,
                368,
                Vmcoreinfo.UNKNOWN,
                null,
                0xffff888000000000L,
                CrashMemory.of(ranges),
                CrashKernel.NONE);
        return ((HeaderBuild.Built) ElfCoreHeader.build(KernelProfile.LINUX_6_9, inputs)).header();
    }

    private static void storage(ConfigurableApplicationContext context) {
        var row = context.getBean(JdbcClient.class).sql("""
                        select avg(stored_bytes) as average, max(stored_bytes) as most,
                            count(*) - count(base_revision) as bases, avg(content_bytes) as content
                        from header_revision""").query().singleRow();
        System.out.printf("%d revisions stored, bytes: %s%n", REVISIONS, row);
    }

    private static void reads(ConfigurableApplicationContext context, UUID machine) {
        var revisions = context.getBean(ReadRevisions.class);
        var ref = new MachineRef(machine.toString());
        var numbers = new long[] {1, 2, REVISIONS / 2 + 1, REVISIONS - 1, REVISIONS};
        var best = new long[numbers.length];
        Arrays.fill(best, Long.MAX_VALUE);
        for (int i = 0; i < READS; i++) {
            for (int j = 0; j < numbers.length; j++) {
                long started = System.nanoTime();
                revisions.of(ref, numbers[j]);
                best[j] = Math.min(best[j], System.nanoTime() - started);
            }
        }
        for (int j = 0; j < numbers.length; j++) {
            System.out.printf(
                    "read of revision %d: %d us, %.2f of the first%n",
                    numbers[j], best[j] / 1000, (double) best[j] / best[0]);
        }
    }
}
