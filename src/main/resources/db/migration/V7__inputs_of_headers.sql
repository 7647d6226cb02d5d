-- With each header that a kernel built, what it was built from; behind the segment's content in the same pieces.

-- Null where userspace built the header, or an earlier version kept it.
alter table header_revision add column inputs_bytes integer check (inputs_bytes >= 0);
alter table header_revision add column inputs_sha256 varchar(64);

-- From which number on every revision of the machine is kept, and from which on with its inputs: earlier versions kept
-- neither, and none of either may be missing since.
alter table machine add column revisions_from bigint default 1 not null;
alter table machine add column inputs_from bigint default 1 not null;

update machine set inputs_from = header_revision + 1, revisions_from = coalesce(
    (select min(r.revision) from header_revision r where r.machine_id = machine.id), header_revision + 1);
