//! The tables, in the order they came. A migration that left this house is never changed: a new one follows it.

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// (version, name, DDL): one text for both databases.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "events", include_str!("../migrations/0001_events.sql")),
    (2, "accounts", include_str!("../migrations/0002_accounts.sql")),
    (3, "calls", include_str!("../migrations/0003_calls.sql")),
    (4, "incidents", include_str!("../migrations/0004_incidents.sql")),
    (5, "ledger", include_str!("../migrations/0005_ledger.sql")),
    (6, "city", include_str!("../migrations/0006_city.sql")),
    (7, "callback_attempts", include_str!("../migrations/0007_callback_attempts.sql")),
    (8, "screening", include_str!("../migrations/0008_screening.sql")),
    (10, "sanctions", include_str!("../migrations/0010_sanctions.sql")),
    (11, "policies", include_str!("../migrations/0011_policies.sql")),
    (20, "rollups", include_str!("../migrations/0020_rollups.sql")),
    (21, "published_reports", include_str!("../migrations/0021_published_reports.sql")),
    (22, "report_lists", include_str!("../migrations/0022_report_lists.sql")),
    (23, "figure_months", include_str!("../migrations/0023_figure_months.sql")),
    (24, "figure_lists", include_str!("../migrations/0024_figure_lists.sql")),
    (25, "redials", include_str!("../migrations/0025_redials.sql")),
    (30, "links", include_str!("../migrations/0030_links.sql")),
    (40, "card_answers", include_str!("../migrations/0040_card_answers.sql")),
    (41, "map_sources", include_str!("../migrations/0041_map_sources.sql")),
    (42, "incident_states", include_str!("../migrations/0042_incident_states.sql")),
    (50, "telephone", include_str!("../migrations/0050_telephone.sql")),
    (60, "reviews", include_str!("../migrations/0060_reviews.sql")),
    (61, "handovers", include_str!("../migrations/0061_handovers.sql")),
    (62, "drills", include_str!("../migrations/0062_drills.sql")),
    (63, "roster", include_str!("../migrations/0063_roster.sql")),
    (64, "mailings", include_str!("../migrations/0064_mailings.sql")),
    (65, "lessons", include_str!("../migrations/0065_lessons.sql")),
    (66, "month_sums", include_str!("../migrations/0066_month_sums.sql")),
    (67, "campaigns", include_str!("../migrations/0067_campaigns.sql")),
    (68, "marks", include_str!("../migrations/0068_marks.sql")),
];

pub fn migrator() -> Migrator {
    let migration = |&(version, name, ddl): &(i64, &'static str, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, ddl.into_sql_str(), false)
    };
    Migrator::with_migrations(MIGRATIONS.iter().map(migration).collect())
}
