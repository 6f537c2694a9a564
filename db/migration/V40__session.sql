-- The sessions of people who use the pages: in the database, so that any instance goes on where another one stopped.
-- Spring Session reads and writes these tables; it wants these columns, and no others.
create table spring_session (
    primary_id            char(36) not null,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        text,

    constraint spring_session_pkey primary key (primary_id),
    constraint spring_session_id_unique unique (session_id)
);

create index spring_session_expiry on spring_session (expiry_time);

create table spring_session_attributes (
    session_primary_id char(36)     not null,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,

    constraint spring_session_attributes_pkey primary key (session_primary_id, attribute_name),
    constraint spring_session_attributes_session_fkey
        foreign key (session_primary_id) references spring_session on delete cascade
);
