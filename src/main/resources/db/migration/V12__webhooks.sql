-- Who is sent the events of machines, and what became of each that was sent.

create table webhook (
    name varchar(63) not null primary key,
    url varchar(2048) not null,
    -- Signatures need it as it is.
    secret varchar(128) not null,
    -- Names with spaces between; none for all.
    types varchar(1024) not null,
    paused boolean not null,
    created_at timestamp(6) with time zone not null,
    created_by varchar(255) not null,
    -- Events up to this place of the feed have become deliveries, if they were wanted.
    feed_position bigint not null check (feed_position >= 0),
    last_number bigint not null check (last_number >= 0),
    -- Tries that have failed since the last one that did not; from some number on, one try at a time is made.
    failures integer not null check (failures >= 0),
    retry_at timestamp(6) with time zone
);

create table webhook_label (
    webhook_name varchar(63) not null references webhook on delete cascade,
    label_key varchar(255) not null,
    label_value varchar(255) not null,
    primary key (webhook_name, label_key)
);

-- Of each machine, one at a time is PENDING or SENDING; those behind it are QUEUED.
create table webhook_delivery (
    webhook_name varchar(63) not null references webhook on delete cascade,
    number bigint not null check (number >= 1),
    machine_id uuid not null,
    sequence bigint not null,
    state varchar(16) not null,
    attempts integer not null check (attempts >= 0),
    created_at timestamp(6) with time zone not null,
    -- Of one that is SENDING: when it is taken for lost with whoever sent it. Null once it is over.
    next_attempt_at timestamp(6) with time zone,
    give_up_at timestamp(6) with time zone not null,
    completed_at timestamp(6) with time zone,
    last_status integer,
    last_error varchar(255),
    primary key (webhook_name, number),
    -- What is sent is read from the event; without it there is nothing to send.
    foreign key (machine_id, sequence) references machine_event on delete cascade
);

create index webhook_delivery_by_event on webhook_delivery (machine_id, sequence);

create index webhook_delivery_by_state on webhook_delivery (webhook_name, state, number);

create index webhook_delivery_by_time on webhook_delivery (webhook_name, state, next_attempt_at);

create index webhook_delivery_by_machine on webhook_delivery (webhook_name, machine_id, state, number);

-- What places of the feed are enciphered with for those who follow it, so that they do not count what they may not see.
create table feed_key (
    id integer not null primary key check (id = 1),
    secret varchar(64) not null
);
