create table membership (
    organization_id uuid        not null,
    user_id         uuid        not null,
    role            text        not null,
    created_at      timestamptz not null default now(),

    constraint membership_pkey primary key (organization_id, user_id),
    constraint membership_organization_fkey foreign key (organization_id) references organization,
    constraint membership_user_fkey foreign key (user_id) references app_user,
    constraint membership_role_known check (role in ('OWNER', 'MEMBER'))
);

create index membership_user on membership (user_id);

-- At most one owner: the engine keeps that. At least one: who creates the organization joins it in that transaction.
create unique index membership_one_owner on membership (organization_id) where role = 'OWNER';
