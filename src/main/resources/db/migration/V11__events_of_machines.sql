-- What happened to machines, written by the transaction it happened in, and told to whoever follows the feed.

-- The place in the feed is given after the commit, so that it follows the order of commits; null until then.
create table machine_event (
    machine_id uuid not null references machine,
    sequence bigint not null check (sequence >= 1),
    feed_position bigint check (feed_position >= 1),
    at timestamp(6) with time zone not null,
    type varchar(64) not null,
    machine_name varchar(255) not null,
    data varchar(1048576) not null,
    primary key (machine_id, sequence)
);

-- Also gives those that have none in the order in which they get one.
create index machine_event_by_position on machine_event (feed_position, machine_id, sequence);

-- One row, which comes with the first event. Whoever gives places has it locked.
create table event_feed (
    id integer not null primary key check (id = 1),
    last_position bigint not null,
    forgotten_position bigint not null check (forgotten_position <= last_position)
);

-- The labels that a machine had when it was deleted, for those who may hear of no other machines.
create table deleted_machine_label (
    machine_id uuid not null references machine,
    label_key varchar(255) not null,
    label_value varchar(255) not null,
    primary key (machine_id, label_key)
);
