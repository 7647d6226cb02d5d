-- Every list reads as much as it shows, however long the history and however large the fleet.

-- Machines that live, in the order they were created.
create index machine_living on machine (deleted_at, id);

-- A machine that is deleted is found by no label and is in no condition; its history is not touched.
delete from machine_label where machine_id in (select id from machine where deleted_at is not null);
delete from machine_condition where machine_id in (select id from machine where deleted_at is not null);
update crash_image set room_phdrs = null, room_memsz_bytes = null, room_elfsz_bytes = null
where machine_id in (select id from machine where deleted_at is not null);

-- The kinds of entries that a history has are few, and of each kind the entries lie by time.
create index hotplug_event_by_kind on hotplug_event (machine_id, actor, outcome, actions, at, sequence);

-- Also tells which sizes a machine's headers have had.
drop index header_revision_by_bytes;
create index header_revision_by_bytes on header_revision (machine_id, elfsz_bytes, sha256, revision);
