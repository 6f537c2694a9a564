create table resource (
    id           uuid        not null,
    workspace_id uuid        not null,
    name         text        not null,
    capacity     int         not null,
    -- The sum of its bookings, changed in the transaction that changes them.
    booked       int         not null default 0,
    created_at   timestamptz not null default now(),

    constraint resource_pkey primary key (id),
    constraint resource_workspace_fkey foreign key (workspace_id) references workspace,
    constraint resource_name_not_blank check (btrim(name) <> ''),
    constraint resource_name_length check (char_length(name) <= 255),
    constraint resource_capacity_range check (capacity between 1 and 100000),
    constraint resource_not_overbooked check (booked between 0 and capacity)
);

create index resource_workspace on resource (workspace_id, id);

create table booking (
    id          uuid        not null,
    resource_id uuid        not null,
    user_id     uuid        not null,
    places      int         not null,
    created_at  timestamptz not null default now(),

    constraint booking_pkey primary key (id),
    constraint booking_resource_fkey foreign key (resource_id) references resource,
    constraint booking_user_fkey foreign key (user_id) references app_user,
    constraint booking_places_range check (places between 1 and 100000)
);

create index booking_resource on booking (resource_id, id);
create index booking_user on booking (user_id);
