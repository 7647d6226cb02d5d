-- Requests that must not be carried out twice, with what was answered; in the transaction of the change itself.

create table idempotency_key (
    actor varchar(255) not null,
    key_text varchar(255) not null,
    fingerprint varchar(64) not null,
    kept_at timestamp(6) with time zone not null,
    status integer,
    headers varchar(4096),
    primary key (actor, key_text)
);

create index idempotency_key_by_time on idempotency_key (kept_at);

create table idempotency_piece (
    actor varchar(255) not null,
    key_text varchar(255) not null,
    piece_index integer not null check (piece_index >= 0),
    bytes ${bytes} not null,
    primary key (actor, key_text, piece_index),
    foreign key (actor, key_text) references idempotency_key on delete cascade
);
