//! Every number that the simulated city stands on. `ASSUMPTION` means that nobody publishes it and we chose it; all
//! others name where they come from. `siaga sim year --assumptions` prints this list.

/// One number of the city with where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Assumption {
    pub name: &'static str,
    pub value: &'static str,
    pub unit: &'static str,
    pub source: &'static str,
    pub what: &'static str,
}

macro_rules! assumptions {
    ($($what:literal, $name:ident: $type:ty = $value:expr, $unit:literal, $source:literal;)+) => {
        $(#[doc = $what] #[doc = ""] #[doc = concat!("Unit: ", $unit, ". Source: ", $source)]
        pub const $name: $type = $value;)+
        /// All of them, in the order of this file.
        pub const ALL: &[Assumption] = &[$(Assumption {
            name: stringify!($name), value: stringify!($value), unit: $unit, source: $source, what: $what,
        }),+];
    };
}

assumptions! {
    "Calls offered in a year.", CALLS_PER_YEAR: f64 = 31_600.0, "calls",
        "Kota Serang: 23,734 calls in January to September 2020 (published), carried on to twelve months";
    "Share of calls that report something real.", REAL_SHARE: f64 = 0.0068, "share",
        "Kota Serang: 162 of 23,734 (published)";
    "Share of information calls (locked telephone, SIM, credit, token, questions).", INFORMATION_SHARE: f64 = 0.13, "share",
        "Published ranges of Indonesian centres, about 13 %";
    "Prank calls for each call without a voice.", PRANK_PER_GHOST: f64 = 1.0, "ratio",
        "Published range 0.6 to 2.2; ASSUMPTION: 1";
    "Weight of each hour for nuisance, 0 to 23 h: children 10-21 h with a bump at midnight.", NUISANCE_HOURS: [f64; 24] =
        [1.6, 0.8, 0.4, 0.3, 0.3, 0.5, 0.8, 1.0, 1.2, 1.5, 2.4, 2.8, 3.0, 3.0, 2.9, 3.0, 3.0, 2.9, 2.8, 2.9, 2.8, 2.4, 1.6, 1.5],
        "weight", "ASSUMPTION: nobody publishes an hourly curve";
    "Weight of each hour for real reports.", REAL_HOURS: [f64; 24] =
        [0.7, 0.6, 0.5, 0.5, 0.5, 0.6, 0.9, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.4, 1.2, 1.1, 0.9, 0.8],
        "weight", "ASSUMPTION";
    "Pranks on a day of school holidays, for each on another day.", HOLIDAY_PRANKS: f64 = 1.6, "ratio", "ASSUMPTION";
    "School holidays as month, first and last day.", HOLIDAYS: [(i8, i8, i8); 4] =
        [(1, 1, 4), (3, 16, 28), (6, 22, 30), (7, 1, 11)], "days", "ASSUMPTION, after the usual school year";
    "First days of the year in which the service is new.", LAUNCH_DAYS: i64 = 14, "days",
        "Press: curiosity in the first weeks; the length is an ASSUMPTION";
    "Nuisance in those days, for each on another day.", LAUNCH_NUISANCE: f64 = 1.8, "ratio", "ASSUMPTION";
    "Nights of storm in a year.", STORM_NIGHTS: usize = 5, "nights",
        "Five events on 17-18 December 2025 (press); how many such nights: ASSUMPTION";
    "Length of such a night.", STORM_H: f64 = 6.0, "hours", "Press: trees, floods and power cuts in six hours";
    "Real reports in such a night.", STORM_REAL: f64 = 9.0, "calls", "Press: five events; ASSUMPTION: 1.8 calls for each";
    "Questions about the power cut in such a night.", STORM_QUESTIONS: f64 = 40.0, "calls", "ASSUMPTION";
    "Black-outs in a year after which everybody calls at once.", BLACKOUTS: usize = 2, "events", "ASSUMPTION";
    "Calls in such a burst.", BLACKOUT_CALLS: f64 = 60.0, "calls", "ASSUMPTION";
    "Rate of such a burst.", BLACKOUT_PER_S: f64 = 10.0, "calls a second", "The product's own figure for a burst";
    "Channels of the trunk; a caller beyond them hears busy from the telco and is never offered.", CHANNELS: usize = 30,
        "channels", "The product's own figure for a city";
    "Households of the city.", HOUSEHOLDS: usize = 230_000, "households", "768,377 people (mid-2025), ASSUMPTION: 3.3 in each";
    "Households with somebody who pranks; one number each, children share their father's telephone.", PRANK_HOUSEHOLDS: usize = 2_000,
        "households", "ASSUMPTION";
    "Their ranks call by this law: rank ^ -x.", PRANK_RANK: f64 = 0.9, "exponent", "ASSUMPTION; press: few numbers make most calls";
    "Calls in one sitting of a prankster, on average.", PRANKS_IN_A_ROW: f64 = 2.5, "calls", "ASSUMPTION";
    "Time between them.", PRANK_EVERY_S: f64 = 120.0, "s", "Press: one number calls every two minutes";
    "Share of pranks by children.", PRANK_CHILDREN: f64 = 0.8, "share", "Press: children are the main pranksters; share: ASSUMPTION";
    "Who finds the household's telephone in use tries again after.", SHARED_S: f64 = 30.0, "s", "ASSUMPTION";
    "Telephones that call by themselves.", BROKEN_TELEPHONES: usize = 40, "telephones", "ASSUMPTION";
    "Share of calls without a voice that such telephones make, at the same minute of the hour.", BROKEN_SHARE: f64 = 0.25, "share", "ASSUMPTION";
    "Share of calls without a voice from a pocket or bag (noise).", POCKET_SHARE: f64 = 0.35, "share", "ASSUMPTION";
    "Share of calls without a voice that hang up by themselves within seconds.", MISDIAL_SHARE: f64 = 0.20, "share",
        "ASSUMPTION, so that 17 to 58 % abandon, as published, with slow answering";
    "Households that call without a voice now and then.", GHOST_HOUSEHOLDS: usize = 6_000, "households", "ASSUMPTION";
    "Share of all callers without a number.", NO_NUMBER_SHARE: f64 = 0.03, "share", "ASSUMPTION";
    "Share of histories that the database gives too late (over 20 ms).", LATE_HISTORY_SHARE: f64 = 0.001, "share", "ASSUMPTION";

    "Weights of kinds of real reporters: speaks, child, whispers, silent with keys, silent without keys, no number, household of a prankster, wrong city, gives up early, redials.",
        REAL_KINDS: [f64; 10] = [68.0, 6.0, 3.0, 4.0, 2.0, 6.0, 5.0, 3.0, 1.0, 2.0], "weight",
        "ASSUMPTION; the UK has 20,000 silent calls a day of which 50 press a key";
    "A real report from a prankster's household follows a sitting of pranks there within this time.", FATHER_WITHIN_H: f64 = 20.0, "hours",
        "ASSUMPTION, so that blocks of 24 h are met";
    "Pranks in that sitting.", FATHER_PRANKS: usize = 8, "calls", "ASSUMPTION";
    "Patience of a real reporter: median.", REAL_PATIENCE_S: f64 = 60.0, "s", "ASSUMPTION";
    "Patience of a nuisance caller who speaks: median.", PRANK_PATIENCE_S: f64 = 35.0, "s", "ASSUMPTION";
    "Patience of an information caller: median.", INFORMATION_PATIENCE_S: f64 = 45.0, "s", "ASSUMPTION";
    "How long a pocket or a broken telephone stays on the line: median.", GHOST_PATIENCE_S: f64 = 70.0, "s", "ASSUMPTION";
    "Spread of all patience (sigma of the logarithm).", PATIENCE_SIGMA: f64 = 0.6, "1", "ASSUMPTION";
    "Who hangs up early does so within.", EARLY_S: (f64, f64) = (1.0, 8.0), "s", "ASSUMPTION";
    "Chance that a real reporter who was not answered calls again.", REAL_REDIALS: f64 = 0.85, "share", "ASSUMPTION; callers redial (queueing literature)";
    "Chance that another caller does.", OTHER_REDIALS: f64 = 0.3, "share", "ASSUMPTION";
    "Time until they do: median.", REDIAL_AFTER_S: f64 = 20.0, "s", "ASSUMPTION";
    "Times a person calls again at most.", REDIALS_MAX: u8 = 3, "calls", "ASSUMPTION";
    "Chance that an automatic call-back reaches a real reporter.", REAL_ANSWERS_BACK: f64 = 0.85, "share", "ASSUMPTION";
    "Chance that it reaches another caller.", OTHER_ANSWERS_BACK: f64 = 0.45, "share", "ASSUMPTION";
    "Time until a called telephone is taken up: median.", TAKES_UP_S: f64 = 9.0, "s", "ASSUMPTION";
    "A called telephone rings at most.", RINGS_S: f64 = 35.0, "s", "Usual time until a mobile network gives up; ASSUMPTION";
    "Share of whispers that the detector calls a voice, and noise.", WHISPER_HEARD: (f64, f64) = (0.55, 0.25), "share",
        "ASSUMPTION until replaced by the figures of siaga sim voices";
    "Share of plain speech that the detector calls a voice.", SPEECH_HEARD: f64 = 0.99, "share", "ASSUMPTION, see siaga sim voices";
    "Share of pockets whose noise the detector calls a voice.", POCKET_HEARD_AS_VOICE: f64 = 0.08, "share", "ASSUMPTION, see siaga sim voices";
    "Share of pockets that press keys by themselves.", POCKET_KEYS: f64 = 0.1, "share", "ASSUMPTION";
    "Time until somebody speaks to the machine: median.", SPEAKS_AFTER_S: f64 = 1.5, "s", "ASSUMPTION";
    "Time until a silent person presses, taps or coughs after being asked: median.", SIGN_AFTER_S: f64 = 5.0, "s", "ASSUMPTION";
    "Share of pranksters who hang up when a machine speaks.", PRANK_LEAVES_MACHINE: f64 = 0.3, "share", "ASSUMPTION";

    "Shifts as first hour, last hour, seats.", SHIFTS: [(i8, i8, usize); 3] = [(7, 15, 4), (15, 23, 3), (23, 7, 1)], "hours, seats",
        "Press: 3 shifts of 8 h with 3-4 people; elsewhere one person at night";
    "Break of each person of a day shift.", BREAK_MIN: i64 = 45, "min", "ASSUMPTION; one at a time, never the only one";
    "Reaction from ring to key by day: median and sigma of the logarithm.", REACTION_DAY: (f64, f64) = (1.6, 0.40), "s", "ASSUMPTION";
    "Reaction at night, alone: median and sigma of the logarithm.", REACTION_NIGHT: (f64, f64) = (2.2, 0.42), "s", "ASSUMPTION";
    "A line comes up after the key.", LINE_UP_S: f64 = 0.2, "s", "ASSUMPTION: 200 and ACK over a trunk";
    "A line is down after the key.", LINE_DOWN_S: f64 = 0.1, "s", "ASSUMPTION";
    "Conversation of a real report: median and sigma.", TALK_REAL: (f64, f64) = (110.0, 0.45), "s", "ASSUMPTION; NFPA 1225 wants 60 s to process 90 %";
    "A real report becomes an incident after this share of the conversation.", SENT_AFTER: f64 = 0.6, "share", "ASSUMPTION";
    "Conversation about information: median and sigma.", TALK_INFORMATION: (f64, f64) = (35.0, 0.4), "s", "ASSUMPTION";
    "A prank is known and closed with one held key: median and sigma.", TALK_PRANK: (f64, f64) = (7.0, 0.4), "s", "ASSUMPTION: two sentences, one key";
    "A person hears a silent line before the key: median and sigma.", HEAR_SILENT: (f64, f64) = (3.5, 0.25), "s", "ASSUMPTION; the screen shows silence and level";
    "Share of lines on which nothing was heard whose caller is asked for a key (1: help, 2: a slip) before a person ends them.",
        ASKS_SILENT: f64 = 0.9, "share", "ASSUMPTION: one key asks, ending unasked takes a longer hold; siaga sim --asks chooses another, 0: nobody asks";
    "Share of silent real reporters without a sign of their own who press a key when a person has them asked so.", ASKED_ANSWERS: f64 = 0.5, "share",
        "ASSUMPTION: half of them hold the telephone and can read its keys";
    "Length of that question.", NEED_HELP_S: f64 = 4.0, "s", "city/serang/prompts/need_help.al";
    "While another caller waits, a person closes a nuisance or information call this long after they see it.", HURRY_S: f64 = 4.0, "s",
        "ASSUMPTION: the screen shows who waits; siaga sim --unhurried switches it off";
    "A tapped key takes.", KEY_TAPPED_S: f64 = 0.2, "s", "Keystroke-level model (Card, Moran, Newell 1980): K of a good typist";
    "A person who left a silent line to the machine looks at it again and decides.", LOOKS_AGAIN_S: f64 = 1.35, "s",
        "Keystroke-level model: M";
    "A line that was asked and left, and stays open, is ended by a person after this.", TIDY_AFTER_S: f64 = 180.0, "s",
        "ASSUMPTION: it costs nobody's hands, a pocket hangs up by itself sooner";
    "A held key takes.", KEY_HELD_S: f64 = 1.0, "s", "The console's own rule (hold for a second)";
    "Time of a silent emergency with the yes/no script: median and sigma.", TALK_SILENT: (f64, f64) = (150.0, 0.4), "s", "ASSUMPTION";
    "Chance that a person at a silent line recognises one who gives a sign.", SIGN_SEEN: f64 = 0.97, "share", "ASSUMPTION";
    "Share of nuisance classed as another nuisance or information.", CLASS_ERROR: f64 = 0.03, "share", "ASSUMPTION";
    "Share of real reports classed as nuisance (a child, a bad line).", REAL_ERROR: f64 = 0.01, "share", "ASSUMPTION";
    "Published practice, for comparison: time of a call without a voice, median and sigma.", OLD_GHOST: (f64, f64) = (60.0, 0.35), "s",
        "30-110 s (Telangana, San Francisco, Ecuador)";
    "Published practice: prank and information, median and sigma.", OLD_PRANK: (f64, f64) = (45.0, 0.4), "s", "ASSUMPTION; 45-60 s of mean handling time in staffing examples";
    "Published practice: writing up after each call.", OLD_WRAP_S: f64 = 15.0, "s", "ASSUMPTION";
    "Time until a shift lead looks at a proposed block: median and sigma.", APPROVAL_S: (f64, f64) = (1_200.0, 0.8), "s", "ASSUMPTION";

    "A new process is there after.", RESTART_S: f64 = 2.0, "s", "ASSUMPTION: a supervisor starts it again at once";
    "Somebody whose line went dead notices after: median.", CUT_NOTICED_S: f64 = 6.0, "s", "ASSUMPTION";
    "An INVITE that met no process comes again after.", INVITE_AGAIN_S: f64 = 0.5, "s", "RFC 3261 17.1.1.2, timer A";
    "Length of the prompts.", PROMPT_S: f64 = 6.0, "s", "The greeting's own limit; the others are alike";

    "Flood: nuisance an hour.", FLOOD_NUISANCE: f64 = 290.0, "calls an hour", "The project's goal";
    "Flood: real reports an hour.", FLOOD_REAL: f64 = 6.0, "calls an hour", "The project's goal";
    "Flood: seats.", FLOOD_SEATS: usize = 3, "seats", "The project's goal";
    "Flood: days of ordinary calls before it, so that numbers have a history.", FLOOD_BEFORE_DAYS: i64 = 14, "days", "ASSUMPTION";
}
