create table lease (
    workspace_id uuid        not null,
    name         text        not null,
    holder       uuid        not null,
    -- Goes up with every holder and is never taken back: whoever comes with an older one is late.
    token        bigint      not null default 1,
    -- By the clock of this server and of no other. A lease that is over stays here, for its token's sake.
    expires_at   timestamptz not null,
    -- What the holder has written down for whoever comes next.
    checkpoint   text        not null default '',

    constraint lease_pkey primary key (workspace_id, name),
    constraint lease_workspace_fkey foreign key (workspace_id) references workspace,
    constraint lease_holder_fkey foreign key (holder) references app_user,
    constraint lease_name_form check (name ~ '^[a-z0-9][a-z0-9-]{0,99}$'),
    constraint lease_token_positive check (token > 0),
    constraint lease_checkpoint_length check (char_length(checkpoint) <= 10000)
);
