// Generated from crates/siaga-core/src/view by its test; do not edit.
// Times are microseconds since 1970-01-01 UTC.

export type UserId = string;
export type CallId = string;
export type IncidentId = string;
export type AssignmentId = string;
export type OutboxId = string;
export type CallbackId = string;
export type AttachmentId = string;
export type CodingId = string;
export type ReviewId = string;
export type LinkId = string;
export type LineId = string;
export type SeatId = number;
export type Timestamp = number;
export type Class = "emergency" | "information" | "prank" | "ghost" | "abandoned" | "test";
export type Role = "call_taker" | "dispatcher" | "shift_lead" | "viewer" | "administrator";
export type DeskView = { 
/**
 * Grows with each change; the id of the SSE event.
 */
sequence: number, 
/**
 * The server's clock when this was made; the page shows times relative to it.
 */
now: Timestamp, 
/**
 * Open calls, oldest first: waiting, live, and ended but not yet classed. At most `DESK_CARDS_MAX`.
 */
calls: Array<CallCard>, 
/**
 * All waiting calls, also those beyond the cards.
 */
waiting_count: number, waiting_since: Timestamp | null, seats: Array<SeatView>, 
/**
 * Assignments sent and not acknowledged in time.
 */
overdue_count: number, 
/**
 * Oldest first; who sent something over a link before all others, then interrupted calls.
 */
callbacks: Array<CallbackView>, last_emergency_at: Timestamp | null, 
/**
 * A hand-over note was given then, and nobody of the next shift has acknowledged it.
 */
handover_since: Timestamp | null, links: Links, };
export type Links = { 
/**
 * The SIP side answers itself (watchdog).
 */
telephone: Link, 
/**
 * The database takes writes; `Degraded`: live events go to the spool.
 */
data: Link, 
/**
 * The last recording could be written; `Down`: calls go on unrecorded (disk full).
 */
recording: Link, };
export type Link = "up" | "degraded" | "down";
export type Direction = "incoming" | "call_back" | "drill";
export type CallPhase = "ringing" | "listening" | "asking" | "dialling" | "talking" | "held" | "at_telephone" | "waiting" | "handed_off" | "wrap";
export type CallCard = { call_id: CallId, direction: Direction, phase: CallPhase, 
/**
 * As shown: `0812-3456-7890`; absent: "tanpa nomor".
 */
number: string | null, offered_at: Timestamp, 
/**
 * A human answered.
 */
answered_at: Timestamp | null, ended_at: Timestamp | null, 
/**
 * The seat it rings at or is answered by.
 */
seat: SeatId | null, lane: Lane, 
/**
 * 0 to 100: how probable nuisance is, if real reports were as frequent; 50 says nothing.
 */
suspicion: number, 
/**
 * Why, in clauses; what speaks for the caller first.
 */
reasons: Array<string>, 
/**
 * The number's history in one sentence, real reports first.
 */
history: string, 
/**
 * The number has a report before at whose place something was found: shown apart.
 */
real_before: boolean, speech: Speech, 
/**
 * Loudest moment of the last half second, dBFS; absent: nothing was measured yet.
 */
level_dbfs: number | null, 
/**
 * Keys the caller pressed, oldest first; at most `KEYS_SHOWN_MAX`.
 */
keys: string, 
/**
 * The number is under a block: this caller came through the slower door.
 */
blocked: boolean, 
/**
 * The line is up, nobody speaks with the caller and nothing was heard for long: the *silent lines* panel.
 */
silent_line: boolean, 
/**
 * The line is up and nothing was heard of its caller so far, no sound and no key: to be asked before a person ends it.
 */
unheard: boolean, 
/**
 * Such a caller was asked by keypad script: until then an answer is awaited; past: none came.
 */
answer_by: Timestamp | null, 
/**
 * The outside telephone that it also rings at, or is answered by.
 */
telephone: string | null, 
/**
 * A person handed it off to the recorded sentence; absent once somebody took it again.
 */
handed_off: HandOffView | null, 
/**
 * A person marked it: the caller cannot speak freely.
 */
duress: boolean, 
/**
 * An earlier caller of this number could not speak freely, within `THREATENED_MS`; nobody has marked this call.
 */
duress_before: boolean, 
/**
 * Where the caller is, as far as anything told it; a suggestion, never the sheet's own.
 */
position: PositionView | null, 
/**
 * Something came over the location link, last then.
 */
sent_at: Timestamp | null, 
/**
 * Why this caller can get no location link.
 */
no_link: NoLink | null, 
/**
 * Why it rings where it rings, or what it waits for, in one clause.
 */
why: string, class: ClassChoice | null, 
/**
 * Until then the class can be undone with one key.
 */
undo_until: Timestamp | null, 
/**
 * The person is muted at the seat.
 */
muted: boolean, incident_id: IncidentId | null, 
/**
 * A shift lead hears this conversation, or speaks in it: always shown to the call-taker.
 */
supervision: SupervisionView | null, };
export type HandOffView = { by: UserId, 
/**
 * Another seat is asked first for a while.
 */
seat: SeatId, back_at: Timestamp | null, };
export type Lane = "a" | "b";
export type Speech = { "kind": "unknown" } | { "kind": "voice" } | { "kind": "noise" } | { "kind": "silent", since: Timestamp, };
export type ClassChoice = { class: Class, sub: string | null, };
export type SeatView = { seat: SeatId, user_id: UserId, display_name: string, state: SeatState, since: Timestamp, call: CallId | null, };
export type SeatState = "ready" | "ringing" | "talking" | "wrap" | "paused" | "gone";
export type CallbackView = { callback_id: CallbackId, call_id: CallId, number: string, reason: CallbackReason, 
/**
 * Their caller could not speak freely, within `THREATENED_MS`: ringing may betray them, and a person asks twice.
 */
duress: boolean, since: Timestamp, attempts: number, 
/**
 * When the machine calls next; absent: it has done what it does, a person must.
 */
next_attempt_at: Timestamp | null, history: string, 
/**
 * Something came over the location link, last then: a person must see it first.
 */
sent_at: Timestamp | null, 
/**
 * Why this caller can get no location link.
 */
no_link: NoLink | null, };
export type CallbackReason = "wrote" | "interrupted" | "found_real" | "deferred" | "abandoned";
export type Changed = { topic: Topic, 
/**
 * The one thing that changed, where it is one.
 */
id: string | null, };
export type Topic = "calls" | "drafts" | "incidents" | "outbox" | "city" | "sanctions" | "links" | "answers" | "reviews" | "handovers" | "drills" | "roster";
export type TakeSeat = { 
/**
 * Loudest level heard in the check, dBFS (0 = full scale).
 */
microphone_peak_dbfs: number, };
export type Sdp = { sdp: string, };
export type GiveClass = { class: Class, sub: string | null, 
/**
 * The key was held: also end the call, by this person's will.
 */
hang_up: boolean, 
/**
 * Why, where the record of a call that is over is corrected; at most 300 characters.
 */
reason?: string, };
export type Switch = { on: boolean, };
export type Keypad = { digits: string, };
export type SeatTaken = { seat: SeatId, };
export type CallAtSeat = { call_id: CallId, };
export type Say = { prompt: SayPrompt, };
export type SayPrompt = "any_key" | "yes_no" | "need_help";
export type ClaimCall = { reason: string | null, };
export type Supervision = "listen" | "whisper" | "barge";
export type SupervisionView = { user_id: UserId, display_name: string, how: Supervision, since: Timestamp, };
export type Supervise = { how: Supervision, sdp: string, };
export type SuperviseAs = { how: Supervision, };
export type CallbackRow = { callback_id: CallbackId, 
/**
 * The call that was lost.
 */
call_id: CallId, 
/**
 * As shown: `0812-3456-7890`.
 */
number: string, reason: CallbackReason, 
/**
 * A person marked, of a call with this number, that the caller cannot speak freely: ringing may betray them. Nobody calls
 * them back; their agencies are reminded.
 */
duress: boolean, since: Timestamp, 
/**
 * Oldest first.
 */
attempts: Array<CallbackTry>, 
/**
 * When the machine calls next; absent: it has done what it does, a person must, unless `duress`.
 */
next_attempt_at: Timestamp | null, closed_at: Timestamp | null, 
/**
 * Who crossed it off; absent: a result closed it, or it is open.
 */
crossed_off_by: string | null, };
export type CallbackTry = { 
/**
 * The call it was made with, or in which the person called again by themselves.
 */
call_id: CallId, at: Timestamp, result: CallbackResult, 
/**
 * Who called; absent: the machine.
 */
by: string | null, };
export type CallbackResult = "reached_help" | "mistake" | "silent" | "gone" | "no_answer" | "busy" | "failed";
export type PolicyView = { name: string, 
/**
 * Number of the decree; absent in a draft.
 */
decree: string | null, rules: Array<PolicyRule>, };
export type PolicyRule = { key: string, words: string, };
export type PositionSource = "invite" | "aml" | "link";
export type NoLink = "no_number" | "fixed_line" | "shared_number" | "drill";
export type PositionView = { 
/**
 * WGS 84 degrees.
 */
lat: number, lng: number, radius_m: number, 
/**
 * Measured then.
 */
at: Timestamp, source: PositionSource, };
export type LinkThread = { 
/**
 * The newest call it belongs to.
 */
call_id: CallId, 
/**
 * All calls it belongs to.
 */
calls: Array<CallId>, 
/**
 * As shown: `0812-3456-7890`.
 */
number: string | null, 
/**
 * The newest link.
 */
link: LinkView | null, 
/**
 * The position that counts now.
 */
position: PositionView | null, 
/**
 * Oldest first.
 */
lines: Array<CallerLine>, 
/**
 * Lines of the caller that nobody here has read.
 */
unread: number, 
/**
 * Why this caller can get no link.
 */
no_link: NoLink | null, };
export type LinkView = { link_id: LinkId, sent_at: Timestamp, 
/**
 * Who sent it; absent: the machine.
 */
sent_by: string | null, expires_at: Timestamp, 
/**
 * The caller's telephone opened it.
 */
opened_at: Timestamp | null, 
/**
 * Of the message.
 */
delivery: DeliveryState, 
/**
 * `page`: no gateway is connected, the message stands on *pesan keluar* only.
 */
channel: string, };
export type CallerLine = { line_id: LineId, at: Timestamp, 
/**
 * Who wrote it here; absent: the caller.
 */
by: string | null, 
/**
 * Empty where it is a photo.
 */
text: string, 
/**
 * `GET /api/attachments/{id}`.
 */
photo: AttachmentId | null, 
/**
 * A caller's line that somebody here has read.
 */
read: boolean, };
export type WriteLine = { text: string, };
export type CallOutcome = "answered" | "abandoned" | "deferred" | "failed";
export type EndedBy = "caller" | "call_taker" | "network" | "interrupted" | "cannot_tell";
export type CallRow = { call_id: CallId, direction: Direction, number: string | null, 
/**
 * The name the caller's telephone sent.
 */
display_name: string | null, offered_at: Timestamp, answered_at: Timestamp | null, ended_at: Timestamp | null, ended_by: EndedBy | null, outcome: CallOutcome | null, lane: Lane, suspicion: number, class: Class | null, sub: string | null, incident_type: string | null, agency: string | null, village_code: string | null, call_taker: string | null, 
/**
 * The outside telephone at which a human answered; absent: a seat did, or nobody.
 */
telephone: string | null, incident_id: IncidentId | null, 
/**
 * A recording exists.
 */
recorded: boolean, 
/**
 * Came from an imported ledger.
 */
imported: boolean, note: string | null, };
export type NumberHistory = { sentence: string, calls: Array<CallRow>, };
export type PlaybackRequest = { reason: string, };
export type Playback = { 
/**
 * Two-channel WAV: left the caller, right what the caller heard from us. Ranges are served.
 */
audio_url: string, duration_ms: number, 
/**
 * Peaks per 100 ms and channel, 0-255.
 */
caller_peaks: Array<number>, desk_peaks: Array<number>, 
/**
 * Every segment's hash holds.
 */
intact: boolean, 
/**
 * What happened in the call; absent for who must judge by the sound alone.
 */
timeline: Array<TimelineLine> | null, };
export type TimelineLine = { at: Timestamp, 
/**
 * Where the play head stands then, ms; what came before or after the sound stands at its beginning or end.
 */
audio_ms: number, 
/**
 * Who did it; absent: the program or the caller.
 */
by: string | null, what: TimelineEvent, };
export type TimelineEvent = { "kind": "offered", lane: Lane, suspicion: number, reasons: Array<string>, } | { "kind": "judged", lane: Lane, suspicion: number, reasons: Array<string>, } | { "kind": "drilled" } | { "kind": "greeted" } | { "kind": "rang", seat: SeatId, why: string, } | { "kind": "rang_outside", telephone: string, } | { "kind": "answered", seat: SeatId, } | { "kind": "answered_outside", telephone: string, } | { "kind": "moved", seat: SeatId, reason: string | null, } | { "kind": "held", on: boolean, } | { "kind": "handed_off", seat: SeatId, } | { "kind": "came_back", sign: Heard, } | { "kind": "key", digit: string, } | { "kind": "silence", ms: number, } | { "kind": "said", prompt: Prompt, } | { "kind": "left_to_machine" } | { "kind": "duress", on: boolean, } | { "kind": "supervised", how: Supervision, } | { "kind": "supervision_ended" } | { "kind": "field", field: string, value: string | null, before: string | null, } | { "kind": "note", text: string, } | { "kind": "card", asked: string, choice: CardChoice, } | { "kind": "position", source: PositionSource, lat: number, lng: number, radius_m: number, } | { "kind": "link_sent" } | { "kind": "incident", number: number | null, } | { "kind": "classed", class: Class | null, sub: string | null, } | { "kind": "reclassed", class: Class, sub: string | null, reason: string | null, } | { "kind": "ended_unheard", asked_ms: number | null, } | { "kind": "ended", outcome: CallOutcome, by: EndedBy, } | { "kind": "removed" };
export type Prompt = "hold" | "please_wait" | "greeting" | "challenge" | "any_key" | "yes_no" | "need_help" | "call_back_menu" | "thanks" | "abuse";
export type Heard = "silence" | "noise" | "key" | "sent" | "voice";
export type IntakeFields = { landmark: string | null, village_code: string | null, 
/**
 * Link./Kp./Komplek, blok, street.
 */
address: string | null, rt_rw: string | null, lat: number | null, lng: number | null, incident_type: string | null, reporter_name: string | null, reporter_number: string | null, 
/**
 * People hurt or in danger, as said.
 */
victims: number | null, situation: string | null, };
export type NoteLine = { at: Timestamp, by: string, text: string, };
export type DraftView = { call_id: CallId, 
/**
 * 0: nothing saved yet.
 */
revision: number, fields: IntakeFields, notes: Array<NoteLine>, saved_at: Timestamp | null, 
/**
 * Already sent as this incident.
 */
incident_id: IncidentId | null, };
export type DraftChange = { 
/**
 * The revision the person was looking at.
 */
base_revision: number, fields: Partial<IntakeFields>, };
export type NewNote = { text: string, };
export type PlannedAgency = { agency: string, label: string, 
/**
 * Why this agency, in words.
 */
reason: string, };
export type SendIncident = { call_id: CallId, draft_revision: number, 
/**
 * Agencies chosen by the person; absent: as the routing table says.
 */
agencies: Array<string> | null, };
export type IncidentStatus = "open" | "closed";
export type IncidentOutcome = "resolved" | "nothing_found" | "false_report" | "duplicate" | "handed_over";
export type AssignmentState = "sent" | "acknowledged" | "en_route" | "on_scene" | "done" | "nothing_found" | "cancelled";
export type AssignmentView = { assignment_id: AssignmentId, incident_id: IncidentId, agency: string, agency_label: string, reason: string, 
/**
 * A neighbour was asked to take the incident over; *acknowledged* means that they have.
 */
hand_over: boolean, state: AssignmentState, sent_at: Timestamp, 
/**
 * When it must be acknowledged at the latest.
 */
acknowledge_by: Timestamp, 
/**
 * Not acknowledged in time: 1 after 60 s, 2 after 120 s, 3 after 180 s; 0 in time.
 */
overdue_level: number, acknowledged_at: Timestamp | null, en_route_at: Timestamp | null, on_scene_at: Timestamp | null, done_at: Timestamp | null, 
/**
 * Delivery of the message: see `outbox`.
 */
delivered: boolean, 
/**
 * The agency has no channel of its own: a person forwards the message from *pesan keluar*.
 */
by_hand: boolean, notes: Array<NoteLine>, photos: Array<AttachmentId>, 
/**
 * The responder's page, for a dispatcher who must read it out or forward it.
 */
task_url: string, };
export type IncidentView = { incident_id: IncidentId, 
/**
 * Of a drill: simulated, and none of its messages leaves the house.
 */
drill: boolean, 
/**
 * Of one of its calls a person marked that the caller cannot speak freely: nobody rings them back.
 */
duress: boolean, 
/**
 * Running number of the year, as spoken: 231.
 */
number: number, status: IncidentStatus, outcome: IncidentOutcome | null, incident_type: string, type_label: string, fields: IntakeFields, 
/**
 * One line for people: "depan Masjid Agung, Kel. Cipare, Kec. Serang".
 */
place: string, opened_at: Timestamp, closed_at: Timestamp | null, opened_by: string, 
/**
 * The call whose sheet is the incident's.
 */
opened_call: CallId, 
/**
 * With those of the incidents that gave way to it.
 */
calls: Array<CallId>, assignments: Array<AssignmentView>, notes: Array<NoteLine>, 
/**
 * It gave way to this one: steered there, shown at both.
 */
merged_into: IncidentRef | null, 
/**
 * These gave way to it.
 */
merged: Array<IncidentRef>, 
/**
 * Related, and not the same.
 */
links: Array<IncidentRef>, major: MajorMark | null, 
/**
 * Grows with each change, for compare-and-set.
 */
revision: number, };
export type AttachCall = { call_id: CallId, };
export type NewAssignment = { agency: string, };
export type CloseIncident = { outcome: IncidentOutcome, note: string | null, };
export type IncidentRef = { incident_id: IncidentId, number: number, type_label: string, status: IncidentStatus, };
export type MajorMark = { at: Timestamp, by: string, reason: string, };
export type OtherIncident = { incident_id: IncidentId, };
export type SplitCall = { 
/**
 * Agencies chosen by the person; absent: as the routing table says.
 */
agencies: Array<string> | null, };
export type GivenReason = { reason: string, };
export type Step = { state: AssignmentState, 
/**
 * True time of the tap, when it was queued in a dead zone. Absent: now.
 */
at: Timestamp | null, 
/**
 * What the same clock said when this was sent: how far it is off.
 */
clock: Timestamp | null, note: string | null, };
export type TaskView = { 
/**
 * Of a drill: nobody has to go.
 */
drill: boolean, 
/**
 * The caller cannot speak freely: not rung back, and told before one goes. Not after closing.
 */
duress: boolean, incident_number: number, agency_label: string, type_label: string, place: string, lat: number | null, lng: number | null, situation: string | null, victims: number | null, reporter_name: string | null, reporter_number: string | null, incident_notes: Array<NoteLine>, 
/**
 * What callers answered and did not correct.
 */
answers: Array<CardAnswerLine>, state: AssignmentState, sent_at: Timestamp, acknowledged_at: Timestamp | null, en_route_at: Timestamp | null, on_scene_at: Timestamp | null, done_at: Timestamp | null, 
/**
 * States that may follow now: what the big buttons are.
 */
next: Array<AssignmentState>, notes: Array<NoteLine>, photo_count: number, 
/**
 * The incident is closed: the page is for reading only.
 */
closed: boolean, city: string, demo: boolean, };
export type DeliveryState = "waiting" | "delivered" | "dead";
export type OutboxView = { outbox_id: OutboxId, 
/**
 * `page` (the demo's telephone: this page), `webhook`.
 */
channel: string, 
/**
 * Who gets it, as shown: the agency's label.
 */
target: string, text: string, 
/**
 * The responder's link inside the message.
 */
task_url: string | null, created_at: Timestamp, state: DeliveryState, attempts: number, next_at: Timestamp | null, error: string | null, };
export type SimilarView = { incident_id: IncidentId, number: number, status: IncidentStatus, type_label: string, place: string, opened_at: Timestamp, 
/**
 * Calls about it so far.
 */
calls: number, 
/**
 * Stands out from all others: at most the first.
 */
likely: boolean, reasons: Array<SimilarReason>, };
export type SimilarReason = { "kind": "same_type" } | { "kind": "same_family" } | { "kind": "other_type" } | { "kind": "distance", metres: number, } | { "kind": "same_village" } | { "kind": "same_rt_rw" } | { "kind": "next_village" } | { "kind": "words", words: Array<string>, } | { "kind": "same_number" } | { "kind": "recent", minutes: number, } | { "kind": "just_closed", minutes: number, };
export type CityView = { key: string, name: string, 
/**
 * IANA zone, for example `Asia/Jakarta`, and its short word `WIB`.
 */
zone: string, zone_label: string, incident_types: Array<TypeView>, agencies: Array<AgencyView>, districts: Array<DistrictView>, villages: Array<VillageView>, sub_reasons: Array<SubReasonView>, cards: Array<CardView>, };
export type CityDocument = { 
/**
 * 0: none is stored yet.
 */
version: number, 
/**
 * TOML.
 */
document: string, };
export type TypeView = { key: string, 
/**
 * Two letters for the type-ahead: KB, KR, LK.
 */
short: string, label: string, aliases: Array<string>, };
export type AgencyView = { key: string, label: string, name: string, };
export type DistrictView = { code: string, name: string, };
export type VillageView = { code: string, name: string, district: string, lat: number, lng: number, };
export type SubReasonView = { class: Class, key: string, label: string, };
export type MapView = { 
/**
 * Empty: no boundaries were imported.
 */
boundaries: Array<BoundaryView>, 
/**
 * Who must be named below the map, one line each.
 */
attributions: Array<string>, };
export type BoundaryView = { code: string, 
/**
 * Outer rings and holes: `[longitude, latitude]`, filled by the even-odd rule.
 */
rings: Array<Array<[number, number]>>, 
/**
 * Where its name stands: always inside.
 */
lat: number, lng: number, };
export type MapSourceKind = "places" | "boundaries";
export type MapSourceView = { kind: MapSourceKind, 
/**
 * The name it was imported under; the same name again replaces it.
 */
name: string, attribution: string, file: string, at: Timestamp, by: string, taken: number, skipped: number, };
export type ImportReport = { taken: number, skipped: number, 
/**
 * The first of those that were skipped.
 */
notes: Array<ImportNote>, 
/**
 * Taken, but worth a look.
 */
warnings: Array<string>, };
export type ImportNote = { 
/**
 * "baris 12", "fitur 3", "way 40012".
 */
at: string, name: string, reason: string, };
export type ImportAnswer = { report: ImportReport, outcome: ImportOutcome, };
export type ImportOutcome = "preview" | "taken" | "known";
export type PlaceAnswer = { hits: Array<PlaceHit>, 
/**
 * Further places that fit as well as the first and are not shown.
 */
more: number, 
/**
 * "depan", "seberang": where it is, seen from the place.
 */
relation: string | null, 
/**
 * "Blok C5 No. 12".
 */
house: string | null, rt_rw: RtRwSaid | null, };
export type RtRwSaid = { 
/**
 * "03/05", "03/-", "-/05"; empty with a problem.
 */
text: string, 
/**
 * Why it cannot be, in words.
 */
problem: string | null, };
export type PlaceHit = { kind: PlaceKind, 
/**
 * "Sukawana" or "Masjid Agung".
 */
name: string, 
/**
 * Absent where the kelurahan is not sure.
 */
village_code: string | null, village: string | null, 
/**
 * Always shown; empty for what is larger than a kecamatan or whose kecamatan is not known.
 */
district: string, lat: number | null, lng: number | null, 
/**
 * The alias or spelling that fit, when not the name itself.
 */
matched: string | null, 
/**
 * The point is only the middle of the village.
 */
approximate: boolean, 
/**
 * The neighbour it lies in, "Kabupaten Serang"; absent inside the city.
 */
outside: string | null, 
/**
 * Another hit has the same name: a person says which.
 */
same_name: boolean, 
/**
 * It was said as it is written, and nothing else comes near: Enter may take it.
 */
sure: boolean, 
/**
 * Who must be named with it: "© OpenStreetMap contributors, ODbL 1.0". Absent: the city's own data.
 */
source: string | null, };
export type PlaceKind = "village" | "district" | "city" | "province" | "neighbour" | "landmark" | "street" | "neighbourhood";
export type CardView = { key: string, title: string, 
/**
 * Keys of incident types; `*`: the questions of every call; empty: other cards lead here.
 */
types: Array<string>, 
/**
 * Beats a minute, where a metronome helps.
 */
bpm: number | null, sign_off: SignOffView, steps: Array<CardStepView>, 
/**
 * Hash of its words: what an answer's record names and a sign-off is for.
 */
fingerprint: string, };
export type SignOffView = { "state": "none" } | { "state": "signed", by: string, on: string, } | { "state": "text_changed", by: string, on: string, };
export type CardSignOff = { 
/**
 * Name, post or office of who answers for the words.
 */
by: string, 
/**
 * Of the words that were read.
 */
fingerprint: string, };
export type CardStepView = { key: string, 
/**
 * The question; absent: `tell` is read aloud.
 */
ask: string | null, answers: Array<CardAnswerView>, tell: Array<string>, 
/**
 * Where it goes on after reading, or when the question is passed; absent: the end.
 */
next: CardPlace | null, };
export type CardAnswerView = { 
/**
 * 1 to 9.
 */
digit: number, say: string, 
/**
 * Absent: the end.
 */
to: CardPlace | null, };
export type CardPlace = { card: string, step: string, };
export type CardChoice = { "kind": "answered", digit: number, say: string, } | { "kind": "told" } | { "kind": "skipped" };
export type NewCardAnswer = { 
/**
 * Made by the screen: the same answer sent twice is kept once.
 */
answer_id: string, card: string, title: string, fingerprint: string, step: string, 
/**
 * The question, or the lines that were read, as they stood on the screen.
 */
asked: string, choice: CardChoice, };
export type CardAnswerLine = { answer_id: string, call_id: CallId, at: Timestamp, by: string, card: string, title: string, fingerprint: string, step: string, asked: string, choice: CardChoice, 
/**
 * A later line answers the same question of the same call.
 */
corrected: boolean, };
export type OpenQuestion = { call_id: CallId, title: string, asked: string, };
export type CardAnswers = { lines: Array<CardAnswerLine>, 
/**
 * Where each card was left before its end.
 */
open: Array<OpenQuestion>, };
export type Report = { 
/**
 * Absent when no comparison was asked for.
 */
compare?: Comparison | null, 
/**
 * Absent where only the sums were asked for.
 */
proceedings?: Proceedings | null, period: Period, offered: number, 
/**
 * By a human.
 */
answered: number, abandoned: number, deferred: number, failed: number, 
/**
 * All class keys, also those with 0, and `unclassified`: answered calls without a class.
 */
classes: Record<string, number>, 
/**
 * Prank and ghost together.
 */
nuisance: number, 
/**
 * Emergencies by incident type, most first. Key `""`: not filled in.
 */
by_type: Array<Count>, 
/**
 * Emergencies by the first agency asked.
 */
by_agency: Array<Count>, 
/**
 * Emergencies by kelurahan.
 */
by_village: Array<Count>, 
/**
 * Offered calls by calendar month (`2020-01`), every month of the period.
 */
by_month: Array<Count>, 
/**
 * All of them hold: otherwise there is no report.
 */
identities: Array<Identity>, 
/**
 * Version of `docs/definitions.md` that these figures follow.
 */
definitions: string, 
/**
 * Absent where only the sums were asked for.
 */
detail?: Detail | null, };
export type Figures = { period: Period, offered: number, 
/**
 * By a human.
 */
answered: number, abandoned: number, deferred: number, failed: number, 
/**
 * All class keys, also those with 0, and `unclassified`: answered calls without a class.
 */
classes: Record<string, number>, 
/**
 * Prank and ghost together.
 */
nuisance: number, 
/**
 * Emergencies by incident type, most first. Key `""`: not filled in.
 */
by_type: Array<Count>, 
/**
 * Emergencies by the first agency asked.
 */
by_agency: Array<Count>, 
/**
 * Emergencies by kelurahan.
 */
by_village: Array<Count>, 
/**
 * Offered calls by calendar month (`2020-01`), every month of the period.
 */
by_month: Array<Count>, 
/**
 * All of them hold: otherwise there is no report.
 */
identities: Array<Identity>, 
/**
 * Version of `docs/definitions.md` that these figures follow.
 */
definitions: string, 
/**
 * Absent where only the sums were asked for.
 */
detail?: Detail | null, };
export type Period = { 
/**
 * `yyyy-mm-dd`, in the city's zone.
 */
from: string, to: string, days: number, };
export type Count = { key: string, label: string, count: number, };
export type Identity = { 
/**
 * `offered = answered + abandoned + deferred + failed`.
 */
name: string, left: number, right: number, holds: boolean, };
export type Comparison = { 
/**
 * Change from this period to the reported one in percent, one decimal; `null` where this period has 0.
 */
change_pct: { [key in string]: number | null }, 
/**
 * The same with limits; what a document and the page show.
 */
change: { [key in string]: Change }, marks: Array<Mark>, period: Period, offered: number, 
/**
 * By a human.
 */
answered: number, abandoned: number, deferred: number, failed: number, 
/**
 * All class keys, also those with 0, and `unclassified`: answered calls without a class.
 */
classes: Record<string, number>, 
/**
 * Prank and ghost together.
 */
nuisance: number, 
/**
 * Emergencies by incident type, most first. Key `""`: not filled in.
 */
by_type: Array<Count>, 
/**
 * Emergencies by the first agency asked.
 */
by_agency: Array<Count>, 
/**
 * Emergencies by kelurahan.
 */
by_village: Array<Count>, 
/**
 * Offered calls by calendar month (`2020-01`), every month of the period.
 */
by_month: Array<Count>, 
/**
 * All of them hold: otherwise there is no report.
 */
identities: Array<Identity>, 
/**
 * Version of `docs/definitions.md` that these figures follow.
 */
definitions: string, 
/**
 * Absent where only the sums were asked for.
 */
detail?: Detail | null, };
export type Change = { 
/**
 * `null` where the earlier number is 0.
 */
pct: number | null, low_pct: number | null, high_pct: number | null, 
/**
 * One of the numbers is small: read the change with care.
 */
few: boolean, };
export type Mark = "definitions" | "source" | "days" | "gaps";
export type Detail = { exposure: Exposure, 
/**
 * Every month of the period.
 */
months: Array<MonthClasses>, 
/**
 * Monday 0.00 to Sunday 23.00, all 168.
 */
hours: Array<HourCount>, answer_times: Array<AnswerTimes>, 
/**
 * Most calls first.
 */
by_taker: Array<TakerCount>, screening: Screening, harm: Harm, };
export type Exposure = { 
/**
 * Days of the period with a call: far fewer than its days means that records are missing.
 */
days_with_calls: number, 
/**
 * Seats taken and not paused, hours with one decimal; `null` where nothing is known of seats.
 */
staffed_hours: number | null, 
/**
 * Offered calls that came from imported ledgers.
 */
from_ledger: number, };
export type MonthClasses = { 
/**
 * `2020-01`.
 */
key: string, label: string, 
/**
 * By class of answered calls, and `abandoned`, `deferred`, `failed`: each offered call once.
 */
counts: Record<string, number>, };
export type HourCount = { 
/**
 * 1 is Monday.
 */
weekday: number, hour: number, offered: number, emergency: number, nuisance: number, };
export type AnswerTimes = { 
/**
 * `all`, `lane_a`, `lane_b`, `emergency`.
 */
key: string, answered: number, 
/**
 * Left before: they count as waiting until then.
 */
left: number, 
/**
 * Their wait is not on record.
 */
unknown: number, within_10_s: number, p50_ms: number | null, p90_ms: number | null, p95_ms: number | null, p99_ms: number | null, longest_ms: number | null, };
export type TakerCount = { 
/**
 * Empty: nobody was written down.
 */
key: string, label: string, 
/**
 * `live` or `ledger`.
 */
source: string, normal: number, prank: number, ghost: number, information: number, test: number, unclassified: number, total: number, };
export type Screening = { 
/**
 * Calls of class emergency, answered or not.
 */
real: number, real_lane_b: number, 
/**
 * Real callers of lane B who left before a human.
 */
real_lost: number, lane_b: number, 
/**
 * Left in lane B and never reached since: nobody knows what they were.
 */
lane_b_left_unknown: number, 
/**
 * Not more than this share of real callers goes to lane B, with 95 % certainty; `null` without a real call.
 */
slower_at_most_pct: number | null, 
/**
 * The same for those who are lost there.
 */
lost_at_most_pct: number | null, };
export type Harm = { 
/**
 * Real callers who waited beyond 3 s while a nuisance call held a seat, and how long they did.
 */
real_waited: number, real_waited_s: number, 
/**
 * Seat time of answered calls, and of those that were prank or ghost.
 */
seat_s: number, nuisance_seat_s: number, 
/**
 * `null` until the city says what an hour at a seat costs.
 */
rupiah_per_seat_hour: number | null, rupiah: number | null, };
export type Proceedings = { 
/**
 * Most assignments first.
 */
agency_times: Array<AgencyTimes>, 
/**
 * *Aduan darurat tertangani*, in the order of time; at most 500.
 */
handled: Array<Handled>, sanctions: Array<StepCount>, appeals: AppealCount, 
/**
 * Classes that were corrected after the period's end.
 */
corrections: Array<Correction>, 
/**
 * *Angka publikasi*: said elsewhere, by definitions that nobody knows.
 */
published: Array<Published>, 
/**
 * `null` without a day with calls.
 */
staffing: Staffing | null, };
export type AgencyTimes = { key: string, label: string, assignments: number, steps: Array<StepTime>, };
export type StepTime = { key: string, known: number, 
/**
 * A point in time is not on record, or lies before the one it follows.
 */
missing: number, median_s: number | null, p90_s: number | null, };
export type Handled = { at: Timestamp, type_label: string, village_label: string, agency_label: string, 
/**
 * `2026/231`; absent in old records.
 */
incident: string | null, closed_at: Timestamp | null, 
/**
 * Key of the incident's outcome, where it is closed.
 */
outcome: string | null, };
export type StepCount = { key: string, label: string, proposed: number, 
/**
 * Approved by as many people as it needs.
 */
approved: number, rejected: number, 
/**
 * Taken back by the rules before anybody decided.
 */
withdrawn: number, 
/**
 * Nobody has decided yet.
 */
waiting: number, };
export type AppealCount = { made: number, upheld: number, lifted: number, waiting: number, };
export type Correction = { 
/**
 * `yyyy-mm-dd`.
 */
day: string, 
/**
 * Class keys; empty: none, or no longer on record.
 */
from_class: string, to_class: string, calls: number, };
export type Published = { from: string, to: string, measure: string, value: number, 
/**
 * "sekitar".
 */
approximate: boolean, source: string, 
/**
 * Our figure for the same days, where the period is theirs and the measure is known.
 */
ours: number | null, 
/**
 * From it to our figure, where it is of the same days one year before.
 */
change_pct: number | null, };
export type Staffing = { 
/**
 * This share of calls is answered within this time.
 */
goal_pct: number, goal_s: number, 
/**
 * Assumed from the end of a call until the seat is free.
 */
wrap_s: number, 
/**
 * A seat is held so long by a call, with the wrap.
 */
hold_s: number, 
/**
 * How long callers wait before they give up, on average; `null` where nobody did.
 */
patience_s: number | null, 
/**
 * Callers who left and called again within ten minutes, of the newest `redial_of`; `null` where nobody left.
 */
redial_pct: number | null, redial_of: number, 
/**
 * Days with calls: what an hour's mean is taken over.
 */
days: number, calls: number, hours: Array<HourAdvice>, };
export type HourAdvice = { hour: number, 
/**
 * Mean of the days, with its 95 % limits.
 */
calls_per_h: number, low_per_h: number, high_per_h: number, 
/**
 * Not more than these on 95 of 100 days.
 */
busy_calls: number, hold_s: number, 
/**
 * For the mean, for its upper limit, for a busy day.
 */
seats: number, seats_high: number, seats_busy: number, 
/**
 * Answered in time with `seats`, and with one seat less.
 */
within_pct: number, one_less_within_pct: number | null, 
/**
 * Would give up with `seats`; `null` where nobody ever did.
 */
left_pct: number | null, };
export type NewWhatIf = { 
/**
 * Whose curve it is: `yyyy-mm-dd`, as for a report.
 */
from: string, to: string, 
/**
 * Seats that are tried, from 0 to 23 h.
 */
seats: Array<number>, };
export type WhatIfView = { what_if_id: string, state: RunState, 
/**
 * Runs that are over, of how many.
 */
done: number, total: number, findings: WhatIfFindings | null, };
export type WhatIfFindings = { 
/**
 * Simulated days, each way.
 */
days: number, 
/**
 * With the seats of the advice.
 */
advised: Tried, 
/**
 * With the seats that were asked for.
 */
tried: Tried, };
export type Tried = { 
/**
 * The whole day; its `seats` are seat hours.
 */
day: Seen, 
/**
 * From 0 to 23 h.
 */
hours: Array<Seen>, };
export type Seen = { seats: number, calls: number, 
/**
 * Of those who were answered or waited longer than the goal, who was answered within it, with 95 % limits; who went
 * before it was over says nothing of the seats. `null` without such a call.
 */
within_pct: number | null, low_pct: number | null, high_pct: number | null, 
/**
 * Went unanswered after the goal (per cent of all).
 */
left_pct: number, 
/**
 * Longest wait of who was answered or went (s).
 */
longest_s: number, 
/**
 * A call held its seat so long, on average (s).
 */
hold_s: number, };
export type LedgerAnswer = { outcome: LedgerOutcome, 
/**
 * Rows of the file that could be read.
 */
rows: number, 
/**
 * Rows that are new and now counted.
 */
added: number, 
/**
 * Rows that an earlier file brought already.
 */
known: number, 
/**
 * Rows that cannot be taken.
 */
bad: number, 
/**
 * The first problems; `problem_count` says how many there are.
 */
problems: Array<RowProblem>, problem_count: number, 
/**
 * What was mended while reading, in words.
 */
notices: Array<string>, 
/**
 * One sentence for a person.
 */
message: string, };
export type LedgerOutcome = "imported" | "known" | "refused";
export type RowProblem = { 
/**
 * Line of the file where the row begins, from 1 (the header).
 */
line: number, 
/**
 * Empty when the whole row is meant.
 */
column: string, 
/**
 * What stands there, cut to a readable length.
 */
value: string, expected: string, };
export type FiguresState = { 
/**
 * Absent: they are complete.
 */
rebuild?: RebuildState | null, 
/**
 * When days were counted again last; absent: never yet.
 */
checked_at?: Timestamp | null, days: Array<DayCheck>, };
export type RebuildState = { done: number, months: number, 
/**
 * Reports are complete meanwhile.
 */
is_current: boolean, };
export type DayCheck = { 
/**
 * `yyyymmdd`
 */
day: number, calls: number, 
/**
 * How many cells do not agree.
 */
differences: number, 
/**
 * The first of them.
 */
told: Array<FigureDifference>, };
export type FigureDifference = { table: string, cell: string, 
/**
 * `yyyymmdd`, or `yyyymm` in a table of months.
 */
day: number, written: number, counted: number, };
export type Publication = { publication_id: string, from: string, to: string, 
/**
 * Beside the same days of the year before.
 */
compared: boolean, 
/**
 * 1 for the first of this period, 2 for the next one ...
 */
version: number, at: Timestamp, by: string, as_of_seq: number, sha256: string, };
export type NewPublication = { from: string, to: string, compared: boolean, };
export type SinceThen = { as_of_seq: number, 
/**
 * Events since then; most change no figure.
 */
events: number, changes: Array<FigureChange>, };
export type FigureChange = { 
/**
 * Where it stands in the report: `classes.prank`, `by_type.fire`.
 */
name: string, 
/**
 * In words: "Prank", "Jenis: Kebakaran".
 */
label: string, 
/**
 * Absent: it was not there.
 */
before: string | null, now: string | null, };
export type Rhythm = "weekly" | "monthly";
export type Schedule = { 
/**
 * Off: nothing is sent, and the rest is kept.
 */
active: boolean, 
/**
 * Weekly: 1 is Monday. Monthly: day of the month, 1 to 28.
 */
day: number, 
/**
 * Minute of the day in the city's zone.
 */
minute: number, recipients: Array<string>, };
export type MailingList = { 
/**
 * Who the mails come from; `null`: no mail server is set.
 */
sender: string | null, mailings: Array<MailingView>, };
export type MailingView = { rhythm: Rhythm, schedule: Schedule, next_at: Timestamp | null, 
/**
 * Days of the report that goes next, `yyyy-mm-dd`.
 */
next_from: string | null, next_to: string | null, 
/**
 * The newest first.
 */
sent: Array<SentMail>, };
export type SentMail = { outbox_id: OutboxId, to: string, from_day: string, to_day: string, 
/**
 * Somebody asked for it; the schedule did not.
 */
trial: boolean, made_at: Timestamp, state: DeliveryState, attempts: number, next_at: Timestamp | null, delivered_at: Timestamp | null, error: string | null, };
export type PutSchedule = { schedule: Schedule, 
/**
 * `kirim ke 3 alamat`: asked for where figures will go out to these addresses.
 */
confirmation: string, };
export type NewTrial = { to: string, };
export type CodingDue = { coding_id: CodingId, 
/**
 * Monday of its week.
 */
week: LocalDay, };
export type CodingQueue = { 
/**
 * In the order of the draw, which says nothing of the calls.
 */
due: Array<CodingDue>, 
/**
 * Due for others: this person took the call or gave its class.
 */
for_others: number, };
export type SecondClass = { class: Class, sub: string | null, };
export type FoundReal = { coding_id: CodingId, call_id: CallId, number: string | null, offered_at: Timestamp, first_class: Class, coded_at: Timestamp, coded_by: string | null, };
export type SettleFound = { 
/**
 * It was a real call; otherwise the second class was wrong.
 */
real: boolean, 
/**
 * What was found out and done.
 */
words: string, };
export type CodingFigures = { weeks: Array<CodingWeek>, all: CodingCount, };
export type CodingWeek = { 
/**
 * Monday.
 */
week: LocalDay, 
/**
 * The week is over and its sample is whole.
 */
closed: boolean, count: CodingCount, };
export type CodingCount = { 
/**
 * Nuisance calls with a recording, of which the sample was drawn.
 */
calls: number, 
/**
 * Nuisance calls without one: nobody can hear them again.
 */
unrecorded: number, drawn: number, 
/**
 * Of these, coded by a second person.
 */
coded: number, 
/**
 * Of these, with the same class.
 */
alike: number, 
/**
 * Cohen's kappa, -1 to 1; absent: nothing to compare with.
 */
kappa: number | null, 
/**
 * Its 95 % limits.
 */
kappa_low: number | null, kappa_high: number | null, 
/**
 * Of the coded ones, emergencies by the second class that were not settled as an error of the second.
 */
real: number, 
/**
 * The share of real calls among the nuisance calls is not above this, with 95 % certainty; absent: none coded.
 */
real_at_most_pct: number | null, 
/**
 * As a number of calls, of `calls`.
 */
real_at_most: number | null, 
/**
 * So few that the figures say little.
 */
few: boolean, };
export type ReviewItem = { key: string, label: string, };
export type ReviewForm = { 
/**
 * A fingerprint of the items: another text is another version.
 */
version: string, items: Array<ReviewItem>, };
export type ReviewMark = "yes" | "no" | "not_needed";
export type ReviewView = { review_id: ReviewId, call_id: CallId, offered_at: Timestamp, due_at: Timestamp, 
/**
 * Who took the call.
 */
call_taker: string | null, 
/**
 * Who shall fill the form in, or did; absent: nobody is free to, which is loud.
 */
reviewer: string | null, form: ReviewForm, marks: { [key in string]: ReviewMark }, remark: string, 
/**
 * 0: nothing saved yet.
 */
revision: number, saved_at: Timestamp | null, finished_at: Timestamp | null, 
/**
 * What the call-taker says to it.
 */
comment: string | null, commented_at: Timestamp | null, };
export type ReviewBoard = { due: Array<ReviewRow>, done: Array<ReviewRow>, months: Array<ReviewMonth>, };
export type ReviewRow = { review_id: ReviewId, offered_at: Timestamp, due_at: Timestamp, overdue: boolean, reviewer: string | null, 
/**
 * Assigned to who asks.
 */
mine: boolean, 
/**
 * The call was taken by who asks: somebody else reviews it.
 */
own_call: boolean, begun: boolean, finished_at: Timestamp | null, commented: boolean, };
export type ReviewMonth = { 
/**
 * yyyymm.
 */
month: number, drawn: number, finished: number, overdue: number, 
/**
 * Finished after they were due.
 */
late: number, items: Array<ReviewItemCount>, };
export type ReviewItemCount = { label: string, yes: number, needed: number, };
export type SaveReview = { 
/**
 * The revision the person was looking at.
 */
base_revision: number, marks: { [key in string]: ReviewMark }, remark: string, };
export type CommentReview = { words: string, };
export type SanctionId = string;
export type SanctionStep = "educate" | "warn" | "block_temporarily" | "refer";
export type Addressee = "caller" | "family";
export type SanctionState = "proposed" | "awaiting_second" | "in_force" | "given" | "appealed" | "expired" | "lifted" | "rejected" | "withdrawn";
export type AppealOutcome = "upheld" | "lifted";
export type SanctionList = "open" | "in_force" | "appealed" | "past";
export type SanctionView = { sanction_id: SanctionId, 
/**
 * As shown.
 */
number: string, step: SanctionStep, addressee: Addressee, state: SanctionState, 
/**
 * Only of a block.
 */
hours: number | null, 
/**
 * In words, one clause each.
 */
reasons: Array<string>, 
/**
 * The calls it rests on, oldest first.
 */
pranks: Array<CallId>, proposed_at: Timestamp, 
/**
 * The person who proposed it; absent: the ladder.
 */
author: DecisionView | null, approvals: Array<DecisionView>, 
/**
 * Two different people must approve.
 */
needs_second: boolean, from: Timestamp | null, until: Timestamp | null, 
/**
 * How it was lifted or rejected.
 */
ended: DecisionView | null, appeal: AppealView | null, };
export type DecisionView = { 
/**
 * Absent: the rules themselves.
 */
by: UserId | null, name: string, at: Timestamp, reason: string, };
export type AppealView = { at: Timestamp, text: string, outcome: AppealOutcome | null, decision: DecisionView | null, };
export type SanctionDetail = { sanction: SanctionView, 
/**
 * The number's history in a sentence, real reports first.
 */
sentence: string, 
/**
 * Real reports of this number, newest first.
 */
real: Array<CallRow>, 
/**
 * Its newest calls, newest first.
 */
calls: Array<CallRow>, 
/**
 * Why no block is possible now.
 */
immune: string | null, 
/**
 * Earlier sanctions of this number, newest first.
 */
earlier: Array<SanctionView>, 
/**
 * The notice as it went out, without its code.
 */
notices: Array<string>, };
export type NewSanction = { 
/**
 * In any of the usual writings.
 */
number: string, step: SanctionStep, 
/**
 * Of a block.
 */
hours: number | null, reason: string, };
export type Reasoned = { reason: string, };
export type AnswerAppeal = { outcome: AppealOutcome, reason: string, };
export type PolicyText = { name: string; decree: string | null } & Record<string, string | null | Record<string, number | string | boolean | number[] | string[] | null>>;
export type PolicyVersion = { 
/**
 * 0: the preset that the program brings.
 */
version: number, at: Timestamp, by: string, policy: PolicyText, };
export type PolicyList = { in_force: PolicyVersion, versions: Array<PolicyVersion>, history: Array<ForceView>, };
export type NewPolicy = { policy: PolicyText, };
export type PutInForce = { 
/**
 * Number of the decree, as a person typed it.
 */
decree: string, };
export type ForceView = { version: number, decree: string, at: Timestamp, by: string, };
export type Door = "a" | "b" | "blocked";
export type StepCounts = { educate: number, warn: number, block: number, refer: number, };
export type ClassShift = { 
/**
 * Absent: nobody classed them.
 */
class: Class | null, a_to_b: number, b_to_a: number, to_block: number, from_block: number, };
export type SlowerCall = { call_id: CallId, at: Timestamp, incident_type: string | null, from: Door, to: Door, 
/**
 * The rule that would have done it, in words.
 */
rule: string, };
export type DryRunFindings = { calls: number, real_calls: number, by_class: Array<ClassShift>, 
/**
 * Of the rules in force, and of the draft.
 */
proposals_before: StepCounts, proposals_after: StepCounts, 
/**
 * Real calls that do not come through the first door.
 */
real_not_a_before: number, real_not_a_after: number, 
/**
 * Real calls with a slower door under the draft; the first 500 by name.
 */
slower: Array<SlowerCall>, slower_count: number, faster_count: number, };
export type RunState = "running" | "done" | "cancelled" | "failed";
export type DryRunView = { dry_run_id: string, version: number, state: RunState, 
/**
 * Calls looked at, of how many.
 */
done: number, total: number, findings: DryRunFindings | null, };
export type HandoverId = string;
export type HandoverLineId = string;
export type OpenKind = "unacknowledged" | "call" | "callback" | "incident" | "message" | "seat" | "equipment" | "block";
export type OpenThing = { kind: OpenKind, 
/**
 * Stays the same as long as the thing does.
 */
id: string, 
/**
 * What it is, in words of the city's data.
 */
title: string, 
/**
 * Where, who, what of it; may be empty.
 */
detail: string, since: Timestamp | null, 
/**
 * When it ends by itself.
 */
until: Timestamp | null, 
/**
 * Past its time.
 */
late: boolean, };
export type SignedBy = { user_id: UserId, name: string, at: Timestamp, };
export type HandoverLine = { line_id: HandoverLineId, at: Timestamp, by: string, text: string, };
export type HandoverView = { handover_id: HandoverId, began_at: Timestamp, lines: Array<HandoverLine>, 
/**
 * Absent: it is being written.
 */
given: SignedBy | null, 
/**
 * Absent: nobody of the next shift has said that they read it.
 */
taken: SignedBy | null, 
/**
 * What was open when it was given.
 */
open: Array<OpenThing>, };
export type HandoverDraft = { 
/**
 * 0: nothing saved yet.
 */
revision: number, text: string, saved_at: Timestamp | null, };
export type HandoverPage = { 
/**
 * What is open now.
 */
open: Array<OpenThing>, 
/**
 * The note of this shift; absent: nobody has written a line yet.
 */
writing: HandoverView | null, 
/**
 * This person's own unfinished line.
 */
draft: HandoverDraft, 
/**
 * Given and not acknowledged, oldest first.
 */
waiting: Array<HandoverView>, 
/**
 * Acknowledged, newest first.
 */
history: Array<HandoverView>, };
export type SaveHandoverDraft = { 
/**
 * The revision the person was looking at.
 */
base_revision: number, text: string, };
export type NewHandoverLine = { 
/**
 * Made by the page, so that a line sent twice is one.
 */
line_id: HandoverLineId, text: string, };
export type SwapId = string;
export type LocalDay = number;
export type Pattern = "three_shifts" | "four_crews" | "day24_off48" | "night_of_one";
export type Slot = "morning" | "afternoon" | "night" | "whole_day" | "early" | "late" | "night_alone";
export type Crew = { name: string, 
/**
 * Display names, the lead first.
 */
people: Array<string>, };
export type Plan = { pattern: Pattern, 
/**
 * The day from which it counts; before it nobody is rostered.
 */
from: LocalDay, crews: Array<Crew>, };
export type Duty = { 
/**
 * The day it begins on.
 */
day: LocalDay, slot: Slot, from: Timestamp, to: Timestamp, 
/**
 * Absent: one person of a list, not a crew.
 */
crew: string | null, people: Array<string>, };
export type Swap = { day: LocalDay, slot: Slot, 
/**
 * Who is on by the plan.
 */
out: string, 
/**
 * Who comes instead.
 */
stand_in: string, };
export type RosterVersion = { version: number, at: Timestamp, by: string, plan: Plan, };
export type SwapState = "asked" | "agreed" | "refused";
export type SwapView = { swap_id: SwapId, swap: Swap, state: SwapState, asked_by: string, asked_at: Timestamp, decided_by: string | null, };
export type RosterPage = { 
/**
 * Absent: nobody has made one.
 */
version: RosterVersion | null, 
/**
 * The shifts of these days, agreed swaps included.
 */
duties: Array<Duty>, 
/**
 * Of shifts from the first of these days on, newest first.
 */
swaps: Array<SwapView>, on: Duty | null, next: Duty | null, 
/**
 * Whose account may sit at a seat, as they are shown; offered where a plan is written. A plan may name others.
 */
accounts: Array<string>, };
export type PutRoster = { 
/**
 * The version that the person changed; 0: there was none.
 */
seen: number, plan: Plan, };
export type ShortHour = { day: LocalDay, hour: number, advised: number, rostered: number, };
export type DrillId = string;
export type Scenario = "first_day" | "storm" | "pranks" | "silent" | "abuse";
export type NewDrill = { scenario: Scenario, 
/**
 * 1 to `CALLS_MAX`.
 */
calls: number, 
/**
 * Over so many minutes; 1 to `MINUTES_MAX`.
 */
minutes: number, };
export type DrillEnd = "done" | "real_call" | "person" | "broken";
export type DrillResult = { 
/**
 * Calls that came in.
 */
came: number, answered: number, 
/**
 * From the ring to the answer; absent: none was answered.
 */
answer_median_ms: number | null, answer_longest_ms: number | null, 
/**
 * Answered calls that got a class, and those whose class was the caller's.
 */
classed: number, classed_right: number, 
/**
 * Answered calls that were real, and those that became an incident.
 */
real: number, real_sent: number, 
/**
 * From the answer to the sending.
 */
send_median_ms: number | null, };
export type DrillView = { drill_id: DrillId, scenario: Scenario, calls: number, minutes: number, by: string, at: Timestamp, 
/**
 * Absent: it runs.
 */
ended_at: Timestamp | null, ended: DrillEnd | null, result: DrillResult, };
export type DrillPage = { running: DrillView | null, 
/**
 * Newest first.
 */
past: Array<DrillView>, calls_max: number, minutes_max: number, };
export type Lesson = "seat" | "answer" | "voice" | "recall" | "nuisance" | "silent" | "incident";
export type LessonsView = { 
/**
 * The person said whether they want lessons: they are not offered again.
 */
answered: boolean, 
/**
 * In the order of teaching.
 */
done: Array<Lesson>, };
export type LessonWord = { "kind": "answered" } | { "kind": "done", lesson: Lesson, };
export type CampaignId = string;
export type CampaignKind = "school_visit" | "radio" | "banners" | "social_media" | "community_meeting" | "other";
export type Organiser = { "agency": string } | { "other": string };
export type Reached = { people: number, counted_how: string, };
export type Campaign = { name: string, kind: CampaignKind, first: LocalDay, last: LocalDay, 
/**
 * Codes of kelurahan; none: the whole city.
 */
villages: Array<string>, audience: string, organiser: Organiser, notes: string, reached: Reached | null, 
/**
 * Days before and after that are compared: one of [`WINDOWS`], chosen before anybody knows the result.
 */
window: number, };
export type CampaignState = "planned" | "ongoing" | "ended" | "cancelled";
export type CampaignView = { campaign_id: CampaignId, version: number, campaign: Campaign, state: CampaignState, cancelled: CampaignCancelled | null, 
/**
 * Absent: it has not begun, or never was.
 */
effect: Effect | null, };
export type CampaignCancelled = { at: Timestamp, by: string, reason: string, };
export type CampaignVersion = { version: number, at: Timestamp, by: string, 
/**
 * Of a correction.
 */
reason: string, campaign: Campaign, };
export type CampaignDetail = { view: CampaignView, 
/**
 * The newest first.
 */
versions: Array<CampaignVersion>, };
export type CampaignEffect = { effect: Effect | null, 
/**
 * From the first day before to the last one after; a day that is missing was not counted.
 */
days: Array<DayPoint>, 
/**
 * Other campaigns on these days.
 */
others: Array<CampaignMark>, };
export type DayPoint = { day: LocalDay, nuisance: number, real: number, };
export type CampaignMark = { campaign_id: CampaignId, name: string, first: LocalDay, last: LocalDay, };
export type Effect = { 
/**
 * Version of its definition.
 */
definition: number, 
/**
 * Days asked for before and after.
 */
window: number, windows: Array<EffectWindow>, series: Array<SeriesEffect>, cautions: Array<EffectCaution>, 
/**
 * The first day on which all its days are over.
 */
complete_on: LocalDay, };
export type EffectWindow = { key: WindowKey, from: LocalDay, to: LocalDay, days: number, 
/**
 * Days over with open lines.
 */
counted: number, offered: number, prank: number, ghost: number, real: number, ledger: number, };
export type WindowKey = "before" | "during" | "after" | "year_before" | "year_after";
export type EffectSeries = "nuisance" | "prank" | "ghost" | "real";
export type EffectVerdict = "fell" | "rose" | "indistinct" | "too_few" | "running";
export type SeriesEffect = { series: EffectSeries, 
/**
 * By `beyond_year`; without it by `after`.
 */
verdict: EffectVerdict, during: EffectRatio | null, after: EffectRatio | null, 
/**
 * After over before, over the same of the year before.
 */
beyond_year: EffectRatio | null, };
export type EffectRatio = { verdict: EffectVerdict, change_pct: number, low_pct: number, high_pct: number, 
/**
 * Calls found, and those expected if nothing had changed.
 */
found: number, expected: number, 
/**
 * How many times the variance of a Poisson count.
 */
spread: number, };
export type EffectCaution = "no_comparison_year" | "campaign_then" | "overlap" | "shortened" | "days_missing" | "source" | "local" | "real_fell" | "other_window";
export type NewCampaign = { campaign_id: CampaignId, campaign: Campaign, };
export type CorrectCampaign = { 
/**
 * The version that was on the screen.
 */
seen: number, campaign: Campaign, reason: string, };
export type CancelCampaign = { reason: string, };
export type SignIn = { user: string, password: string, 
/**
 * Six digits, when the account has a second factor.
 */
totp: string | null, };
export type Me = { user_id: UserId, 
/**
 * Sign-in name.
 */
user: string, display_name: string, role: Role, 
/**
 * The account has a second factor.
 */
totp: boolean, city: string, 
/**
 * The program runs with demo data and known passwords: every screen says so.
 */
demo: boolean, };
export type Account = { user_id: UserId, user: string, display_name: string, role: Role, totp: boolean, disabled: boolean, };
export type NewAccount = { user: string, display_name: string, role: Role, password: string, };
export type AccountChange = { display_name: string | null, role: Role | null, password: string | null, disabled: boolean | null, 
/**
 * Take the second factor away (lost telephone).
 */
remove_totp: boolean | null, };
export type TotpOffer = { secret: string, otpauth_url: string, };
export type Health = { ok: boolean, version: string, demo: boolean, 
/**
 * No account exists yet: the one-time link must be used.
 */
needs_setup: boolean, city: string, 
/**
 * In the demo: the accounts that can sign in, shown on the sign-in page. Empty elsewhere.
 */
demo_accounts: Array<DemoAccount>, };
export type DemoAccount = { user: string, password: string, role: Role, };
export type Setup = { 
/**
 * From the one-time link `/mulai#TOKEN`.
 */
token: string, user: string, display_name: string, password: string, 
/**
 * The text of a city file (TOML); absent: the built-in Kota Serang.
 */
city_toml: string | null, };
export type Problem = { 
/**
 * A stable key, for example `wrong_password`, `totp_needed`, `forbidden`, `conflict`.
 */
type: string, title: string, status: number, detail?: string | null, 
/**
 * What is wrong with which field of a form, where the request was one.
 */
fields?: { [key in string]: string }, };
