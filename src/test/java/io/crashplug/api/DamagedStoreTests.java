package io.crashplug.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One thing is wrong with a store, and the checks say which. */
class DamagedStoreTests extends StoreCheckTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            header_sha256 = 'no'          | HEADER_DIGEST - -: the 4096 bytes of the header in force, revision 4, have SHA-256 #, not no
            header_elfsz_bytes = 2097152  | HEADER_DIGEST - -: elfsz 2097152 > memsz 921600
            header_generation = 9         | HEADER_GENERATION - -: the header in force is of generation 9, the machine is at 5
            header_generation = 1         | HEADER_REVISION 4 -: in force is HeaderInForce[revision=4, generation=1,
            header_phdr_count = 3         | HEADER_REVISION 4 -: in force is HeaderInForce[revision=4, generation=4, elfszBytes=4096, phdrCount=3,
            header_revision = 3           | REVISION_NEWEST - -: the newest revision kept is 4, the machine's is 4, in force is 3
            room_phdrs = room_phdrs + 1   | ROOM - -: the header has HeaderRoom[phdrs=
            load_path = 'BOOT'            | READABLE - -: its machine, layout or crash image cannot be read: java.lang.IllegalArgumentException: No enum constant
            """)
    void anImageThatIsNotAsItWasWrittenIsFound(String assignment, String finding) {
        var machine = storied(newName("image"));
        damage(machine, "update crash_image set %s where machine_id = :m".formatted(assignment));
        found(machine, finding);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            header_revision = 7   | REVISION_NEWEST - -: the newest revision kept is 4, the machine's is 7, in force is 4
            generation = 9        | HISTORY_END - -: the history ends at entry 6 with generation 5, the machine is at 9
            generation = 4        | HISTORY_END - -: the history ends at entry 6 with generation 5, the machine is at 4
            possible_cpus = '0-x' | READABLE - -: its machine, layout or crash image cannot be read: java.lang.IllegalArgumentException: "0-x" is not a CPU list
            crash_notes = '=,'    | READABLE - -: its machine, layout or crash image cannot be read: java.lang.NumberFormatException
            """)
    void aMachineThatIsNotAsItWasWrittenIsFound(String assignment, String finding) {
        var machine = storied(newName("machine"));
        damage(machine, "update machine set %s where id = :m".formatted(assignment));
        found(machine, finding);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            generation = 1 where revision = 3             | HEADER_GENERATION 3 -: revision 3 is of generation 1, one before it of 2
            generation = 9 where revision = 2             | HEADER_GENERATION 2 -: revision 2 is of generation 9, the machine is at 5
            sha256 = 'no' where revision = 2              | REVISION_DIGEST 2 -: revision 2: its 4096 bytes have SHA-256 #, not no
            elfsz_bytes = 8192 where revision = 2         | REVISION_DIGEST 2 -: revision 2: its 8192 bytes have SHA-256 #, not #
            elfsz_bytes = 2097152 where revision = 2      | REVISION_DIGEST 2 -: revision 2: its elfsz 2097152 > memsz 921600
            loads_sha256 = 'no' where revision = 2        | REVISION_DIGEST 2 -: revision 2: its PT_LOADs have SHA-256 #, not no
            loads_sha256 = null where revision = 2        | REVISION_DIGEST 2 -: revision 2: its PT_LOADs have SHA-256 #, not null
            content_sha256 = 'no' where revision = 2      | REVISION_BYTES 2 -: revision 2 of machine M: the stored bytes have SHA-256 #, not no
            content_bytes = 1 where revision = 2          | REVISION_BYTES 2 -: revision 2 of machine M: the stored bytes cannot be decoded:
            content_bytes = 9999 where revision = 2       | REVISION_BYTES 2 -: revision 2 of machine M: it holds
            stored_bytes = 1 where revision = 2           | REVISION_BYTES 2 -: revision 2 of machine M:
            inputs_sha256 = 'no' where revision = 2       | REVISION_INPUTS 2 -: revision 2 of machine M: the stored inputs have SHA-256 #, not no
            inputs_sha256 = null where revision = 2       | REVISION_INPUTS 2 -: revision 2: a kernel built it, but its inputs are not kept
            unloaded_at = at where revision = 4           | REVISION_NEWEST 4 -: revision 4 is in force, and yet was unloaded
            mem = mem + 4096 where revision = 4           | HEADER_REVISION 4 -: in force is HeaderInForce[
            """)
    void aRevisionThatIsNotAsItWasWrittenIsFound(String assignment, String finding) {
        var machine = storied(newName("revision"));
        damage(machine, "update header_revision set %s and machine_id = :m".formatted(assignment));
        found(machine, finding);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update hotplug_event set generation_before = 4, generation_after = 4 where sequence = 3 | HISTORY_GENERATION - 3: entry 3 (REFUSED) begins at generation 4, the one before ended at 2
            update hotplug_event set generation_after = 9 where sequence = 4    | HISTORY_GENERATION - 4: entry 4 (REBUILT) goes from generation 2 to 9
            update hotplug_event set generation_after = 3 where sequence = 3    | HISTORY_GENERATION - 3: entry 3 (REFUSED) goes from generation 2 to 3
            update hotplug_event set generation_after = 2 where sequence = 4    | HISTORY_GENERATION - 5: entry 5 (REBUILT) begins at generation 3, the one before ended at 2
            update hotplug_event set sha256_before = 'no' where sequence = 4    | HISTORY_HEADER - 4: entry 4 (REBUILT): it found the header with SHA-256 no, the one before left #
            update hotplug_event set sha256_after = 'no' where sequence = 4     | HISTORY_HEADER - 4: entry 4 (REBUILT): it wrote revision 3 with SHA-256 no, which has #
            update hotplug_event set sha256_after = 'no' where sequence = 6     | HISTORY_HEADER - 6: entry 6 (UNCHANGED): it left the header with SHA-256 no, having found #
            update hotplug_event set header_revision = 9 where sequence = 4     | HISTORY_HEADER - 4: entry 4 (REBUILT): it left revision 9, not 3
            update hotplug_event set header_revision = 3 where sequence = 6     | HISTORY_HEADER - 6: entry 6 (UNCHANGED): it left revision 3, not 4
            update hotplug_event set elfsz_bytes = null where sequence = 6      | HISTORY_HEADER - 6: entry 6 (UNCHANGED): it says nothing of the header with SHA-256 #, which the one before left
            update hotplug_event set outcome = 'LOST' where sequence = 3        | READABLE - 3: entry 3 has the unknown outcome LOST
            delete from hotplug_event where sequence = 1                        | HISTORY_SEQUENCE - 2: entry 1 is missing before entry 2
            delete from hotplug_event where sequence = 3                        | HISTORY_SEQUENCE - 4: entry 3 is missing before entry 4
            delete from hotplug_event where sequence in (2, 3, 4)               | HISTORY_SEQUENCE - 5: entries 2 to 4 are missing before entry 5
            delete from hotplug_event where sequence = 6                        | HISTORY_END - -: the history ends at entry 5 with generation 4, the machine is at 5
            delete from hotplug_event where sequence >= 5                       | HISTORY_END - -: the history ends at entry 4 with generation 3, the machine is at 5; revision 3, the machine has 4; header SHA-256 #, in force is #
            delete from hotplug_event where sequence > 0                        | HISTORY_END - -: the history ends at entry 0 with generation 1, the machine is at 5; revision 0, the machine has 4; header SHA-256 null, in force is #
            update hotplug_event set sequence = 8 where sequence = 6            | HISTORY_SEQUENCE - 8: entries 6 to 7 are missing before entry 8
            """)
    void aHistoryThatIsNotAsItWasWrittenIsFound(String sql, String finding) {
        var machine = storied(newName("history"));
        damage(machine, sql + " and machine_id = :m");
        found(machine, finding);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update machine_condition set status = 'False' where type = 'HeaderCurrent'  | CONDITIONS - -: HeaderCurrent is False (EqualsRebuild), a fresh comparison gives True (EqualsRebuild): the header in force equals a rebuild of the layout, elfsz 4096
            update machine_condition set reason = 'TooLarge' where type = 'HeaderFits'  | CONDITIONS - -: HeaderFits is True (TooLarge), a fresh comparison gives True (Fits): elfsz 4096, memsz 921600
            delete from machine_condition where type = 'KdumpReady'                     | CONDITIONS - -: KdumpReady is missing, a fresh comparison gives True (HeaderCurrent): the header in force describes the layout, elfsz 4096
            update machine_condition set status = 'Maybe' where type = 'KdumpReady'     | READABLE - -: its machine, layout or crash image cannot be read: java.lang.IllegalArgumentException: No enum constant
            update system_ram set last_byte = 5368709120 where first_byte = 4294967296  | READABLE - -: its machine, layout or crash image cannot be read: io.crashplug.problem.ProblemException
            update system_ram set offline_parts = '1-' where first_byte = 4294967296    | READABLE - -: its machine, layout or crash image cannot be read: java.lang.NumberFormatException
            update kexec_segment set known_bytes = 100 where segment_index = 0          | READABLE - -: its machine, layout or crash image cannot be read: java.lang.ArrayIndexOutOfBoundsException
            delete from segment_chunk where chunk_index = 0                             | HEADER_DIGEST - -: the 4096 bytes of the header in force, revision 4, have SHA-256 #, not #
            """)
    void conditionsLayoutAndSegmentsThatAreNotAsTheyWereWrittenAreFound(String sql, String finding) {
        var machine = storied(newName("rest"));
        damage(machine, sql + " and machine_id = :m");
        found(machine, finding);
    }

    private void found(Object machine, String finding) {
        var findings = findings(machine);
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0)).startsWith(finding);
    }
}
