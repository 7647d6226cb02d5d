-- Machines, their layouts, their crash images, and the history of all that changed them.

create table machine (
    id uuid primary key,
    version bigint not null,
    name varchar(63) not null,
    live_name varchar(63) unique,
    description varchar(4096) not null,
    profile varchar(32) not null,
    release varchar(255) not null,
    nr_cpus_default integer not null check (nr_cpus_default >= 0),
    crash_max_memory_ranges integer not null check (crash_max_memory_ranges >= 0),
    memory_hotplug boolean not null,
    elfcorehdr_size_bytes bigint not null check (elfcorehdr_size_bytes >= 0),
    page_offset bigint not null,
    text_virtual_address bigint,
    text_physical_address bigint,
    text_size_bytes bigint check (text_size_bytes >= 0),
    vmcoreinfo_address bigint,
    vmcoreinfo_size_bytes bigint check (vmcoreinfo_size_bytes >= 0),
    physical_address_bits integer not null check (physical_address_bits between 32 and 52),
    total_ram_pages bigint check (total_ram_pages >= 0),
    possible_cpus varchar(65536) not null,
    present_cpus varchar(65536) not null,
    online_cpus varchar(65536) not null,
    crash_notes varchar(262144) not null,
    crash_note_size_bytes bigint not null check (crash_note_size_bytes >= 0),
    crash_kernel varchar(64),
    crash_kernel_low varchar(64),
    crash_kernel_cma varchar(4096) not null,
    exactness varchar(16) not null,
    generation bigint not null check (generation >= 1),
    header_revision bigint not null check (header_revision >= 0),
    created_at timestamp(6) with time zone not null,
    updated_at timestamp(6) with time zone not null,
    deleted_at timestamp(6) with time zone
);

create table machine_label (
    machine_id uuid not null references machine,
    label_key varchar(255) not null,
    label_value varchar(255) not null,
    primary key (machine_id, label_key)
);

create index machine_label_by_value on machine_label (label_key, label_value, machine_id);

create table machine_condition (
    machine_id uuid not null references machine,
    type varchar(32) not null,
    status varchar(8) not null,
    reason varchar(64) not null,
    message varchar(65536) not null,
    last_transition_time timestamp(6) with time zone not null,
    primary key (machine_id, type)
);

create index machine_condition_by_status on machine_condition (type, status, machine_id);

-- Addresses of System RAM have at most 52 bits, so bigint is wide enough; other addresses are stored as 64-bit patterns.
create table system_ram (
    machine_id uuid not null references machine,
    first_byte bigint not null check (first_byte >= 0),
    last_byte bigint not null,
    offline_parts varchar(1048576) not null,
    device_type varchar(16),
    device_id varchar(128),
    device_slot integer,
    device_node integer,
    primary key (machine_id, first_byte),
    check (last_byte >= first_byte)
);

create table crash_image (
    machine_id uuid primary key references machine,
    load_path varchar(16) not null,
    flags varchar(4096) not null,
    elfcorehdr_index integer,
    elfcorehdr_updated boolean not null,
    elf_headers_size_bytes bigint not null,
    digest_left_out_index integer not null,
    loaded_generation bigint not null,
    purgatory_digest varchar(64),
    header_revision bigint,
    header_generation bigint,
    header_elfsz_bytes integer,
    header_phdr_count integer,
    header_sha256 varchar(64),
    header_at timestamp(6) with time zone,
    still_listed varchar(1048576) not null,
    loaded_at timestamp(6) with time zone not null
);

create table kexec_segment (
    machine_id uuid not null references crash_image,
    segment_index integer not null,
    mem bigint not null,
    memsz_bytes bigint not null,
    bufsz_bytes bigint not null,
    known_bytes integer not null check (known_bytes >= 0),
    unknown_end bigint not null,
    given_sha256 varchar(64),
    primary key (machine_id, segment_index)
);

-- A segment's bytes in pieces of 16 KiB; a piece that is all zero has no row.
create table segment_chunk (
    machine_id uuid not null references machine,
    segment_index integer not null,
    chunk_index integer not null check (chunk_index >= 0),
    bytes ${bytes} not null,
    primary key (machine_id, segment_index, chunk_index)
);

create table hotplug_event (
    machine_id uuid not null references machine,
    sequence bigint not null check (sequence >= 1),
    at timestamp(6) with time zone not null,
    actor varchar(255) not null,
    request_id varchar(128) not null,
    reason varchar(1000) not null,
    changes varchar(1048576) not null,
    actions varchar(255) not null,
    outcome varchar(16) not null,
    detail varchar(65536) not null,
    problem_type varchar(64),
    generation_before bigint not null,
    generation_after bigint not null,
    header_revision bigint,
    elfsz_bytes integer,
    memsz_bytes bigint,
    phdr_count integer,
    changed_bytes integer,
    sha256_before varchar(64),
    sha256_after varchar(64),
    duration_micros bigint not null,
    primary key (machine_id, sequence)
);
