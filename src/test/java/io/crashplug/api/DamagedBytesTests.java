package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.crashplug.elfcore.BuildInputs;
import io.crashplug.elfcore.CrashKernel;
import io.crashplug.elfcore.CrashMemory;
import io.crashplug.elfcore.HeaderBytes;
import io.crashplug.elfcore.HeaderInputs;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stored bytes are not those that were written. */
class DamagedBytesTests extends StoreCheckTest {

    private final String name = newName("bytes");

    @Test
    void aBitOfTheHeaderInForceIsMissed() {
        var machine = storied(name);
        flip(machine, "segment_chunk", "chunk_index = 0", 100);
        assertThat(findings(machine))
                .containsExactly(
                        "HEADER_DIGEST - -: the 4096 bytes of the header in force, revision 4, have SHA-256 #, not #");
    }

    @Test
    void aBitOfTheElfMagicIsMissed() {
        var machine = storied(name);
        flip(machine, "segment_chunk", "chunk_index = 0", 0);
        assertThat(findings(machine))
                .containsExactly(
                        "HEADER_DIGEST - -: the 4096 bytes of the header in force, revision 4, have SHA-256 #, not #");
    }

    @Test
    void aBitBehindTheHeaderIsMissed() {
        create(SmallGuest.text(name, "LINUX_6_9", SmallGuest.LARGE));
        load(name, Requests.FILE_LOAD);
        hotplug(name, SmallGuest.addAll(1, 70));
        hotplug(
                name,
                Requests.changeSet(
                        IntStream.range(1, 71).mapToObj(SmallGuest::remove).toList()));
        assertThat(findings(name)).isEmpty();
        flip(id(name), "segment_chunk", "chunk_index = 0", 4100);
        assertThat(findings(name))
                .containsExactly("HEADER_REVISION 3 -: the segment of the header in force differs in 1 bytes from the"
                        + " one kept with revision 3");
    }

    @Test
    void aBitOfARevisionIsMissed() {
        var machine = storied(name);
        flip(machine, "revision_piece", "revision = 2", -5);
        var findings = findings(machine);
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0)).startsWith("REVISION_BYTES 2 -: revision 2 of machine M: the stored bytes ");
    }

    @Test
    void aBitOfTheInputsIsMissed() {
        var machine = storied(name);
        var kept = kept(machine, 2);
        kept[kept.length - 1] ^= 1;
        keep(machine, 2, kept);
        assertThat(findings(machine))
                .containsExactly(
                        "REVISION_INPUTS 2 -: revision 2 of machine M: the stored inputs have SHA-256 #, not #");
    }

    @Test
    void inputsThatCannotBeReadAreMissed() {
        var machine = storied(name);
        var kept = kept(machine, 2);
        kept[contentBytes(machine, 2)] = 99;
        keep(machine, 2, kept);
        sealInputs(machine, kept);
        assertThat(findings(machine))
                .containsExactly("REVISION_INPUTS 2 -: revision 2 of machine M: the stored inputs cannot be read:"
                        + " inputs of version 99 are not known");
    }

    @Test
    void inputsOfAnotherHeaderAreMissed() {
        var machine = storied(name);
        keepInputs(
                machine, new CrashKernel(null, null, List.of()), guest(machine).systemRam());
        assertThat(findings(machine))
                .containsExactly("REVISION_REBUILD 2 -: revision 2: a rebuild from its inputs has 4096 bytes with"
                        + " SHA-256 #, it has 4096 with #");
    }

    @Test
    void inputsOfNoHeaderAreMissed() {
        var machine = storied(name);
        keepInputs(machine, CrashKernel.NONE, CrashMemory.of(List.of()));
        assertThat(findings(machine))
                .containsExactly("REVISION_REBUILD 2 -: revision 2: no header can be built from its inputs");
    }

    @Test
    void aRevisionThatIsGoneIsMissed() {
        var machine = storied(name);
        damage(machine, "delete from revision_piece where machine_id = :m and revision = 2");
        assertThat(findings(machine))
                .containsExactly("REVISION_BYTES 2 -: revision 2 of machine M: the stored bytes are gone");
        damage(machine, "delete from header_revision where machine_id = :m and revision = 2");
        assertThat(findings(machine)).containsExactly("REVISION_SEQUENCE 3 -: revision 2 is missing before revision 3");
        damage(machine, "delete from revision_piece where machine_id = :m and revision = 1");
        damage(machine, "delete from header_revision where machine_id = :m and revision = 1");
        assertThat(findings(machine))
                .containsExactly("REVISION_SEQUENCE 3 -: revisions 1 to 2 are missing before revision 3");
        damage(machine, "delete from revision_piece where machine_id = :m and revision = 4");
        damage(machine, "delete from header_revision where machine_id = :m and revision = 4");
        assertThat(findings(machine))
                .containsExactly(
                        "REVISION_SEQUENCE 3 -: revisions 1 to 2 are missing before revision 3",
                        "REVISION_NEWEST - -: the newest revision kept is 3, the machine's is 4, in force is 4");
    }

    @Test
    void aBaseThatIsGoneIsMissedByWhatIsBasedOnIt() {
        create(SmallGuest.text(name, "LINUX_6_9", SmallGuest.LARGE));
        load(name, Requests.FILE_LOAD);
        hotplug(name, SmallGuest.addAll(1, 400));
        hotplug(name, SmallGuest.addAll(401, 1));
        var machine = id(name);
        assertThat(findings(machine)).isEmpty();
        damage(machine, "delete from revision_piece where machine_id = :m and revision = 2");
        damage(machine, "delete from header_revision where machine_id = :m and revision = 2");
        assertThat(findings(machine))
                .containsExactly(
                        "REVISION_SEQUENCE 3 -: revision 2 is missing before revision 3",
                        "REVISION_BASE 3 -: revision 3 of machine M: revision 2, which it is based on, is gone");
    }

    @Test
    void aBitOfAnotherSegmentIsMissed() {
        create(SmallGuest.text(name, "LINUX_6_9", SmallGuest.LARGE));
        load(name, Requests.FILE_LOAD);
        var content = new byte[5000];
        Arrays.fill(content, (byte) 7);
        load(
                name,
                Requests.userspaceLoad(
                        List.of("KEXEC_ON_CRASH"),
                        List.of(
                                Requests.segment(0x70000000L, 8192, content),
                                Requests.segment(0x6f000000L, 8192, header(name)))));
        var machine = id(name);
        assertThat(findings(machine)).isEmpty();
        damage(machine, "update crash_image set purgatory_digest = 'no' where machine_id = :m");
        assertThat(findings(machine))
                .containsExactly("PURGATORY_DIGEST - -: the purgatory's digest is no, that of the segments #");
        flip(machine, "segment_chunk", "segment_index = 0", 4000);
        assertThat(findings(machine))
                .containsExactly(
                        "SEGMENT_DIGEST - -: the 5000 bytes of segment 0 have SHA-256 #, not # as handed over");
    }

    @Test
    void aHeaderThatIsForgottenIsMissed() {
        var machine = storied(name);
        damage(machine, """
                update crash_image set header_revision = null, header_generation = null, header_elfsz_bytes = null,
                    header_phdr_count = null, header_sha256 = null, header_at = null where machine_id = :m""");
        assertThat(findings(machine))
                .containsExactly(
                        "REVISION_NEWEST 4 -: revision 4 was not unloaded, and yet none is in force",
                        "HEADER_DIGEST - -: segment 0 begins with the ELF magic, and yet no header is in force");
        damage(machine, "update crash_image set elfcorehdr_index = null where machine_id = :m");
        flip(machine, "segment_chunk", "chunk_index = 0", 0);
        assertThat(findings(machine))
                .contains("REVISION_NEWEST 4 -: revision 4 was not unloaded, and yet none is in force");
    }

    @Test
    void anElfMagicThatIsMissedHidesTheHeader() {
        var machine = storied(name);
        damage(machine, "update crash_image set elfcorehdr_index = null where machine_id = :m");
        flip(machine, "segment_chunk", "chunk_index = 0", 0);
        assertThat(findings(machine))
                .containsExactly(
                        "HEADER_DIGEST - -: revision 4 is in force, and yet no segment begins with the ELF magic");
    }

    private byte[] kept(UUID machine, long revision) {
        var small = database.sql("select bytes from revision_piece where machine_id = :m and revision = :r")
                .param("m", machine)
                .param("r", revision)
                .query(byte[].class)
                .single();
        return Zstd.decompress(small, (int) Zstd.getFrameContentSize(small));
    }

    private void keep(UUID machine, long revision, byte[] kept) {
        var small = Zstd.compress(kept);
        replace(machine, "revision_piece", "revision = " + revision, small);
        damage(
                machine,
                "update header_revision set stored_bytes = %d where machine_id = :m and revision = %d"
                        .formatted(small.length, revision));
    }

    private int contentBytes(UUID machine, long revision) {
        return database.sql("select content_bytes from header_revision where machine_id = :m and revision = :r")
                .param("m", machine)
                .param("r", revision)
                .query(Integer.class)
                .single();
    }

    private byte[] inputs(UUID machine, byte[] kept) {
        return Arrays.copyOfRange(kept, contentBytes(machine, 2), kept.length);
    }

    private HeaderInputs guest(UUID machine) {
        return BuildInputs.decode(HeaderBytes.of(inputs(machine, kept(machine, 2))))
                .guest();
    }

    /** Keeps with revision 2 what another header is built from. */
    private void keepInputs(UUID machine, CrashKernel crashKernel, CrashMemory systemRam) {
        var kept = kept(machine, 2);
        var was = BuildInputs.decode(HeaderBytes.of(inputs(machine, kept)));
        var guest = was.guest();
        var others = new BuildInputs(
                was.profile(),
                new HeaderInputs(
                        guest.possible(),
                        guest.present(),
                        guest.notes(),
                        guest.noteSizeBytes(),
                        guest.vmcoreinfo(),
                        guest.text(),
                        guest.pageOffset(),
                        systemRam,
                        crashKernel),
                was.goingOffline());
        int content = contentBytes(machine, 2);
        var encoded = others.encode().toByteArray();
        var changed = Arrays.copyOf(kept, content + encoded.length);
        System.arraycopy(encoded, 0, changed, content, encoded.length);
        keep(machine, 2, changed);
        sealInputs(machine, changed);
    }

    /** Stores the hash and the size that belong to the inputs of revision 2. */
    private void sealInputs(UUID machine, byte[] kept) {
        var inputs = inputs(machine, kept);
        damage(
                machine,
                "update header_revision set inputs_sha256 = '%s', inputs_bytes = %d where machine_id = :m and revision = 2"
                        .formatted(HeaderBytes.of(inputs).sha256(), inputs.length));
    }
}
