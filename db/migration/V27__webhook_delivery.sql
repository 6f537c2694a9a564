-- What was delivered, so that it is executed once. Kept for 7 days.
create table webhook_delivery (
    id          text        not null,
    received_at timestamptz not null default now(),

    constraint webhook_delivery_pkey primary key (id),
    constraint webhook_delivery_id_length check (char_length(id) between 1 and 255)
);

create index webhook_delivery_received_at on webhook_delivery (received_at);
