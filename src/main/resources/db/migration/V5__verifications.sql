-- What was found by comparing bytes dumped from a guest with its header.

create table verification_record (
    machine_id uuid not null references machine,
    sequence bigint not null check (sequence >= 1),
    at timestamp(6) with time zone not null,
    actor varchar(255) not null,
    request_id varchar(128) not null,
    kind varchar(16) not null,
    dump_bytes integer not null,
    dump_sha256 varchar(64) not null,
    phdr_count integer not null,
    used_bytes bigint not null,
    equal_revision bigint,
    equal_current boolean not null,
    nearest_revision bigint,
    nearest_current boolean not null,
    phdrs_only_in_dump integer not null,
    phdrs_only_in_revision integer not null,
    compared varchar(65536) not null,
    not_compared varchar(65536) not null,
    reasons varchar(262144) not null,
    differences varchar(262144) not null,
    primary key (machine_id, sequence)
);

-- The memory that the kernel may still list, which the notifier ran too early to leave out.
alter table crash_image add column removed_last varchar(1048576) default '' not null;
