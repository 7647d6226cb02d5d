-- Who may use the service. Of a token's secret only the SHA-256 is kept. Tokens are never deleted, so that a name in the
-- history stands for one of them for ever.

create table api_token (
    name varchar(63) not null primary key,
    key_id varchar(16) not null unique,
    secret_sha256 varchar(64) not null,
    role varchar(16) not null,
    created_at timestamp(6) with time zone not null,
    created_by varchar(255) not null,
    expires_at timestamp(6) with time zone,
    last_used_at timestamp(6) with time zone,
    revoked_at timestamp(6) with time zone,
    revoked_by varchar(255)
);

create table api_token_label (
    token_name varchar(63) not null references api_token on delete cascade,
    label_key varchar(255) not null,
    label_value varchar(255) not null,
    primary key (token_name, label_key)
);
