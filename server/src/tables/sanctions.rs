//! Time-outs and bans: the private record, and two tables that clients see.

use spacetimedb::{
    client_visibility_filter, table, Filter, Identity, ReducerContext, Table, Timestamp,
};

/// A sanction as the module applies it. The table keeps the name that published databases have.
pub type SanctionRecord = Verdict;

/// The row of a sanction. A person has at most one of each kind.
#[table(name = verdict)]
pub struct Verdict {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub identity: Identity,
    pub kind: u8,
    /// End of a time-out; none for a ban.
    pub until: Option<Timestamp>,
    pub reason: String,
    pub by: Identity,
    pub at: Timestamp,
}

/// A sanction as everybody sees it.
#[table(name = sanction, public)]
pub struct Sanction {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    #[index(btree)]
    pub identity: Identity,
    /// Code: 1 time-out, 2 ban; see `codes`.
    pub kind: u8,
    /// End of a time-out; none for a ban.
    pub until: Option<Timestamp>,
}

/// A sanction as the person and each moderator see it. A row filter hides rows, but no columns.
#[table(
    name = sanction_detail,
    public,
    index(name = by_pair, btree(columns = [viewer, identity]))
)]
pub struct SanctionDetail {
    #[primary_key]
    #[auto_inc]
    pub id: u64,
    /// The person who sees this row.
    #[index(btree)]
    pub viewer: Identity,
    /// The person under the sanction.
    pub identity: Identity,
    pub kind: u8,
    pub until: Option<Timestamp>,
    pub reason: String,
    /// The moderator who imposed it; only moderators see this.
    pub by: Option<Identity>,
    pub at: Timestamp,
}

#[client_visibility_filter]
const SANCTION_DETAIL_OF_VIEWER: Filter =
    Filter::Sql("SELECT * FROM sanction_detail WHERE viewer = :sender");

/// Returns the records of a person, including a time-out that has just ended.
pub fn of(ctx: &ReducerContext, identity: Identity) -> Vec<SanctionRecord> {
    ctx.db.verdict().identity().filter(identity).collect()
}

pub fn all(ctx: &ReducerContext) -> Vec<SanctionRecord> {
    ctx.db.verdict().iter().collect()
}

pub fn insert(ctx: &ReducerContext, record: SanctionRecord) -> SanctionRecord {
    ctx.db.verdict().insert(record)
}

pub fn delete(ctx: &ReducerContext, id: u64) {
    ctx.db.verdict().id().delete(id);
}

pub fn insert_public(ctx: &ReducerContext, sanction: Sanction) {
    ctx.db.sanction().insert(sanction);
}

pub fn delete_public_of(ctx: &ReducerContext, identity: Identity) {
    ctx.db.sanction().identity().delete(identity);
}

/// Returns the details about one person that one viewer sees.
pub fn details(ctx: &ReducerContext, viewer: Identity, identity: Identity) -> Vec<SanctionDetail> {
    ctx.db
        .sanction_detail()
        .by_pair()
        .filter((viewer, identity))
        .collect()
}

/// Returns all details that one viewer sees.
pub fn details_of_viewer(ctx: &ReducerContext, viewer: Identity) -> Vec<SanctionDetail> {
    ctx.db.sanction_detail().viewer().filter(viewer).collect()
}

pub fn insert_detail(ctx: &ReducerContext, detail: SanctionDetail) {
    ctx.db.sanction_detail().insert(detail);
}

pub fn delete_detail(ctx: &ReducerContext, id: u64) {
    ctx.db.sanction_detail().id().delete(id);
}

/// Deletes the details about one person that one viewer sees.
pub fn delete_details(ctx: &ReducerContext, viewer: Identity, identity: Identity) {
    ctx.db
        .sanction_detail()
        .by_pair()
        .delete((viewer, identity));
}
