-- An organization may have several owners. Exactly one member is its founder: the engine keeps that, as it kept the one
-- owner before, and whoever inserts a second founder collides.
alter table membership add column founder boolean not null default false;

update membership set founder = true where role = 'OWNER';

drop index membership_one_owner;

create unique index membership_one_founder on membership (organization_id) where founder;

-- How many owners it has, changed in the transaction that gives or takes the role. Two owners who leave at the same
-- moment delete different rows and see nothing of each other; here they change one row, and the second is refused.
alter table organization
    add column owners integer not null default 1,
    add constraint organization_has_an_owner check (owners >= 1);
