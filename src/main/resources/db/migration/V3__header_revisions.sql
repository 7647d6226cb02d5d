-- Every version of a machine's elfcorehdr, for ever.

create table header_revision (
    machine_id uuid not null references machine,
    revision bigint not null check (revision >= 1),
    at timestamp(6) with time zone not null,
    unloaded_at timestamp(6) with time zone,
    generation bigint,
    mem bigint not null,
    memsz_bytes bigint not null,
    elfsz_bytes integer not null check (elfsz_bytes >= 0),
    phdr_count integer not null check (phdr_count >= 0),
    sha256 varchar(64) not null,
    loads_sha256 varchar(64),
    content_bytes integer not null check (content_bytes >= 0),
    unknown_end bigint not null,
    content_sha256 varchar(64) not null,
    stored_bytes integer not null check (stored_bytes >= 0),
    base_revision bigint check (base_revision < revision),
    primary key (machine_id, revision)
);

create index header_revision_by_time on header_revision (machine_id, at, revision);
create index header_revision_by_bytes on header_revision (machine_id, sha256, revision);
create index header_revision_by_loads on header_revision (machine_id, loads_sha256, revision);

-- The segment's bytes in the form of RevisionCodec, cut where they are longer than a column may be.
create table revision_piece (
    machine_id uuid not null,
    revision bigint not null,
    piece_index integer not null check (piece_index >= 0),
    bytes ${bytes} not null,
    primary key (machine_id, revision, piece_index),
    foreign key (machine_id, revision) references header_revision
);
