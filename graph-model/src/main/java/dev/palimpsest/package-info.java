/// The words of Palimpsest, the same in code, SQL, JSON and papers.
///
/// - **space**: a tenant. Nothing crosses it.
/// - **entity**: something with an id. Everything else about it, its type and name too, is a fact.
/// - **event**: an entity whose existence has an interval.
/// - **assertion**: one source saying one fact over one valid interval, with qualifiers and
///   evidence. What was said, by whom.
/// - **fact**: `subject - predicate -> object`. It lives in **versions**, each with a **valid**
///   interval (true in the world) and a **recorded** interval (held by this store). What is
///   believed, derived from assertions by one rule.
/// - **predicate**: multi-valued unless registered **functional** (one object at any valid moment).
/// - **source**: who says so. **Rivals**: assertions of different sources with different objects
///   for a functional predicate over the same time; all are kept, one is believed.
/// - **memory**: text an agent kept, verbatim.
/// - **profile**: what is believed of an entity's type, names, description, place and existence,
///   gathered in one row.
/// - **quantity**: what facts of one predicate say of an entity in numbers: its magnitude, its
///   depth.
/// - **question**: what / where / when / why / who. **answer**: ranked hits, a score per dimension,
///   evidence.
/// - **ledger**: what PostgreSQL holds. **Position**: its dense order. **Projection**: anything
///   computed from it and rebuildable. **Snapshot**: the position a question reads at.
///   **Bookmark**: a position handed to a client.
/// - **node**: the number of an entity or memory in the ledger, dense and never reused.
@NullMarked
package dev.palimpsest;

import org.jspecify.annotations.NullMarked;
