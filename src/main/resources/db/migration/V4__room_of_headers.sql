-- What the fleet is asked for, stored where it is decided so that an index can answer. Images loaded before have null
-- until the next event of their machine.

-- Program header slots that fit the header's segment beyond those of the present layout; negative for as many too many.
-- Null where no header is known or the kernel does not rewrite it.
alter table crash_image add column room_phdrs bigint;
alter table crash_image add column room_memsz_bytes bigint;
alter table crash_image add column room_elfsz_bytes integer;

-- The header's revision as it was loaded, 0 without a header; null for images loaded before it was kept.
alter table crash_image add column loaded_revision bigint;

create index crash_image_by_room on crash_image (room_phdrs, machine_id);

create index machine_condition_by_reason on machine_condition (type, status, reason, machine_id);
create index machine_condition_by_time on machine_condition (type, status, last_transition_time, machine_id);
