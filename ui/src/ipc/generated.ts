// Generated from the core's types. Do not edit: `make types` writes it.

/**
 * `accept`: pins tools as they are, and notes removals, without asking PostHog for anything.
 */
export type Accept = { 
/**
 * Which ones.
 */
tools: Selection, };

/**
 * `accept_finding`.
 */
export type AcceptFinding = { 
/**
 * Installation id.
 */
server_id: string, 
/**
 * Upstream tool name.
 */
tool: string, 
/**
 * Id of the finding, 16 hexadecimal digits.
 */
finding: string, 
/**
 * Known, or not any more.
 */
accepted: boolean, };

/**
 * What came of accepting.
 */
export type Accepted = { 
/**
 * Tools pinned as they are, or removals noted.
 */
done: number, 
/**
 * Tools whose definition is not the one that was on screen: left in Review.
 */
moved: number, 
/**
 * The step of Activity that undoes it; null when nothing was done.
 */
batch: number | null, };

/**
 * How an account came to be.
 */
export type AccountKind = "key" | "sample";

/**
 * One account: a person on one host.
 */
export type AccountView = { 
/**
 * Stable id of the account on this machine.
 */
id: string, 
/**
 * How it came to be.
 */
kind: AccountKind, 
/**
 * Origin, for example `https://us.posthog.com`.
 */
origin: string, 
/**
 * `US cloud`, `EU cloud`, the host name, or `Sample`.
 */
place: string, 
/**
 * Email address as PostHog says it.
 */
email: string, 
/**
 * Projects this account may reach.
 */
projects: Array<ProjectView>, 
/**
 * False when the key was for one run only and is gone: sign in again.
 */
has_key: boolean, };

/**
 * The project on screen.
 */
export type ActiveProject = { 
/**
 * Account id.
 */
account: string, 
/**
 * Project number.
 */
project: number, };

/**
 * Which lines of Activity to show.
 */
export type ActivityFilter = "all" | "decisions" | "tools" | "connections";

/**
 * What happened. The ledger holds the same words.
 */
export type ActivityKind = "decided" | "accepted" | "baseline" | "imported" | "undone" | "automatic" | "changed" | "changed_back" | "new" | "removed" | "returned" | "first_contact" | "login_broken" | "login_works" | "read_failed" | "server_gone" | "link_came";

/**
 * A window of Activity, newest first.
 */
export type ActivityPage = { 
/**
 * Lines from `offset` on.
 */
rows: Array<ActivityRow>, 
/**
 * Lines that match in all.
 */
total: number, };

/**
 * One line of Activity.
 */
export type ActivityRow = { 
/**
 * Stable id.
 */
id: string, 
/**
 * When it was done or noticed here.
 */
at: string, 
/**
 * What happened.
 */
what: ActivityKind, 
/**
 * The server, if it is still in the project.
 */
server_id: string | null, 
/**
 * Name of the server, or its host.
 */
server_name: string, 
/**
 * Upstream tool name, exactly; null for what concerns a server.
 */
tool: string | null, 
/**
 * The name as text to show; empty for what concerns a server.
 */
label: string, 
/**
 * For decisions: state before.
 */
before: string, 
/**
 * For decisions: what was asked.
 */
asked: string, 
/**
 * For decisions: what PostHog answered; empty when it did not.
 */
answered: string, 
/**
 * For decisions: `open`, `as_asked`, `kept_otherwise`, `definition_changed`, `refused` or `unknown`; else empty.
 */
result: string, 
/**
 * More words where there are any: a server's error, a count.
 */
words: string, 
/**
 * The batch it belongs to.
 */
batch: number | null, 
/**
 * The decision's number, for undoing; null where there is nothing to undo.
 */
undo: number | null, };

/**
 * `add_server`.
 */
export type AddServer = { 
/**
 * Name to show, 1 to 200 characters.
 */
name: string, 
/**
 * Address of the MCP server, http or https, at most 2,048 characters.
 */
url: string, 
/**
 * Description, may be empty.
 */
description: string, 
/**
 * How to log in.
 */
login: LoginKind, 
/**
 * For `key`: the key as typed.
 */
key: string | null, 
/**
 * For `own_client`: the client id.
 */
client_id: string | null, 
/**
 * For `own_client`: the secret, when there is one.
 */
client_secret: string | null, };

/**
 * What is known about an address before a server is added by it.
 */
export type AddressCheck = { 
/**
 * Host, for showing.
 */
host: string, 
/**
 * The server this person already has at exactly that address: log in again instead, because adding it once more
 * drops a working login (contract 3.9).
 */
installed: InstalledRef | null, 
/**
 * Name of that server.
 */
installed_name: string | null, };

/**
 * `apply_plan`.
 */
export type ApplyPlan = { 
/**
 * The plan.
 */
plan: number, 
/**
 * The person was told how many become less strict, and said yes.
 */
looser_confirmed: boolean, };

/**
 * Where the definition comes from that the one there now is compared with.
 */
export type BaseKind = "decided" | "accepted" | "baseline" | "imported" | "automatic" | "first_seen";

/**
 * What a definition is compared with.
 */
export type BaseView = { 
/**
 * Where it comes from.
 */
kind: BaseKind, 
/**
 * The state that was decided then; empty when nobody decided.
 */
state: string, 
/**
 * When.
 */
at: string, };

/**
 * One tool of a plan or a batch.
 */
export type BatchItem = { 
/**
 * Installation id.
 */
server_id: string, 
/**
 * Name of the server.
 */
server_name: string, 
/**
 * Upstream tool name, exactly.
 */
tool: string, 
/**
 * The name as text to show.
 */
label: string, 
/**
 * State when the plan was made.
 */
before: string, 
/**
 * What is asked of PostHog.
 */
asked: string, 
/**
 * What became of it.
 */
result: ItemResult, 
/**
 * State PostHog answered; empty before it has.
 */
answered: string, 
/**
 * Why, where the result needs it: PostHog's words.
 */
problem: CommandError | null, 
/**
 * The tool as it is known now, if it is.
 */
row: ToolRow | null, };

/**
 * What a batch is.
 */
export type BatchKind = "decide" | "undo" | "import" | "automatic" | "accept";

/**
 * A window of one part of a plan, or of what became of a batch.
 */
export type BatchPage = { 
/**
 * Rows from `offset` on.
 */
items: Array<BatchItem>, 
/**
 * Rows in all.
 */
total: number, };

/**
 * Where a batch stands.
 */
export type BatchState = "running" | "paused" | "stopped" | "interrupted" | "done";

/**
 * How a batch goes.
 */
export type BatchView = { 
/**
 * Its number.
 */
id: number, 
/**
 * What it is.
 */
kind: BatchKind, 
/**
 * What is asked; null when it differs from tool to tool.
 */
asked: Decision | null, 
/**
 * Where it stands.
 */
state: BatchState, 
/**
 * When it began.
 */
began_at: string, 
/**
 * When it ended.
 */
ended_at: string | null, 
/**
 * Tools in all.
 */
total: number, 
/**
 * By what became of them.
 */
results: Array<ResultCount>, 
/**
 * While PostHog's limit holds everything up: when it goes on, milliseconds since the epoch.
 */
resumes_ms: number | null, 
/**
 * About how long the rest takes, seconds.
 */
seconds_left: number, 
/**
 * Why it was interrupted.
 */
problem: CommandError | null, 
/**
 * Something of it can be taken back.
 */
can_undo: boolean, 
/**
 * Some of it failed and can be tried again; what was stopped has not failed.
 */
can_retry: boolean, 
/**
 * The batch this one takes back.
 */
undoes: number | null, };

/**
 * Everything the window needs before the first screen.
 */
export type Boot = { 
/**
 * Version of this program.
 */
version: string, 
/**
 * Accounts known on this machine, the active one first.
 */
accounts: Array<AccountView>, 
/**
 * The project on screen; `None` means: sign in.
 */
active: ActiveProject | null, 
/**
 * Whether keys can be kept in the operating system's keyring.
 */
keyring: KeyringView, 
/**
 * Where this app keeps its files.
 */
data_dir: string, 
/**
 * Something that happened at start and should be said once, for example a cache that had to be set aside.
 */
notice: Notice | null, };

/**
 * One catalog entry.
 */
export type CatalogEntry = { 
/**
 * PostHog's id of the template.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * Host part of its address.
 */
host: string, 
/**
 * Description, may be empty.
 */
description: string, 
/**
 * `oauth`, `api_key` or an unknown word.
 */
auth: string, 
/**
 * `business`, `data`, `design`, `dev`, `infra`, `productivity` or an unknown word.
 */
category: string, 
/**
 * Listed but not installable yet.
 */
coming_soon: boolean, 
/**
 * The server this project already has for it.
 */
installed: InstalledRef | null, };

/**
 * The catalog and how fresh it is.
 */
export type CatalogView = { 
/**
 * Entries by name.
 */
entries: Array<CatalogEntry>, 
/**
 * When PostHog last answered it.
 */
as_of: string | null, 
/**
 * True when it has never been fetched.
 */
never: boolean, 
/**
 * True while it is being fetched.
 */
fetching: boolean, 
/**
 * Why the last fetch failed, if it did.
 */
problem: CommandError | null, };

/**
 * `change_server`: what is absent stays.
 */
export type ChangeServer = { 
/**
 * Installation id.
 */
server_id: string, 
/**
 * New name, at most 200 characters; empty gives the catalog's name back.
 */
name: string | null, 
/**
 * New description.
 */
description: string | null, 
/**
 * On or off.
 */
enabled: boolean | null, };

/**
 * What differs, counted.
 */
export type ChangeSummary = { 
/**
 * The title differs.
 */
title: boolean, 
/**
 * The description differs.
 */
description: boolean, 
/**
 * Parameters that are new.
 */
added: number, 
/**
 * Parameters that are gone.
 */
removed: number, 
/**
 * All other differences of the schema.
 */
changed: number, 
/**
 * There are characters now that cannot be seen or pass for others, and that were not there before.
 */
hidden: boolean, };

/**
 * `check_address`.
 */
export type CheckAddress = { 
/**
 * The address as typed.
 */
url: string, };

/**
 * `choose_project`.
 */
export type ChooseProject = { 
/**
 * Account id.
 */
account: string, 
/**
 * Project number.
 */
project: number, };

/**
 * What a server claims about one of its tools: its own words, never a fact; null where it does not say.
 */
export type Claims = { 
/**
 * It changes nothing.
 */
read_only: boolean | null, 
/**
 * What it changes may be lost.
 */
destructive: boolean | null, 
/**
 * Calling it again changes nothing further.
 */
idempotent: boolean | null, 
/**
 * It reaches beyond the server's own data.
 */
open_world: boolean | null, };

/**
 * An error as the window gets it. `code` chooses the words; `message` is what PostHog, the server or the system
 * said, as plain text, and may be empty.
 */
export type CommandError = { 
/**
 * Chooses words, severity and next step.
 */
code: ErrorCode, 
/**
 * Somebody's words: untrusted, plain, clipped.
 */
message: string, 
/**
 * The input field it belongs to, if any.
 */
field: string | null, 
/**
 * Seconds until trying again makes sense.
 */
retry_after: number | null, };

/**
 * Every command: name, arguments, answer.
 */
export type Commands = { 
/**
 * The first call of the page.
 */
boot: [Nothing, Boot], 
/**
 * Check a key, keep it, learn the projects. Errors name the field `host` or `key`.
 */
sign_in_key: [SignInKey, SignedIn], 
/**
 * Start the built-in sample project and make it active.
 */
open_sample: [Nothing, ActiveProject], 
/**
 * Put another project on screen.
 */
choose_project: [ChooseProject, ActiveProject], 
/**
 * Forget an account's key; what is cached stays until removed.
 */
sign_out: [OnAccount, Nothing], 
/**
 * Servers from the cache: answers at once.
 */
list_servers: [Nothing, ServersView], 
/**
 * One window of a server's tools from the cache.
 */
list_tools: [ListTools, ToolPage], 
/**
 * One tool, whole, from the cache.
 */
get_tool: [OnTool, ToolDetail], 
/**
 * Decide about one tool; answers what PostHog says it is now.
 */
decide: [Decide, DecisionResult], 
/**
 * How much waits in Review.
 */
review: [Nothing, ReviewView], 
/**
 * One window of Review.
 */
list_review: [ListReview, ReviewPage], 
/**
 * One entry of Review, or any tool, compared with what was decided on.
 */
get_review: [OnTool, ReviewDetail], 
/**
 * Pin tools as they are; nothing is sent.
 */
accept: [Accept, Accepted], 
/**
 * Put an entry off, or bring it back.
 */
put_off: [PutOff, Nothing], 
/**
 * Puts many off, or brings them back, in one step.
 */
put_off_many: [PutOffMany, PutOffDone], 
/**
 * Say that a finding is known for this tool.
 */
accept_finding: [AcceptFinding, Nothing], 
/**
 * How watching stands.
 */
watch: [Nothing, WatchView], 
/**
 * What is set about watching and Review.
 */
watch_settings: [Nothing, WatchSettings], 
/**
 * Set all of it.
 */
set_watch_settings: [WatchSettings, Nothing], 
/**
 * What deciding on many tools would do. Nothing is sent.
 */
plan_decisions: [PlanDecisions, PlanView], 
/**
 * What taking a batch or a decision back would do. Nothing is sent.
 */
plan_undo: [PlanUndo, PlanView], 
/**
 * One window of one part of a plan.
 */
list_plan: [ListPlan, BatchPage], 
/**
 * Apply a plan in the background; answers at once with the batch.
 */
apply_plan: [ApplyPlan, BatchView], 
/**
 * Batches, newest first, at most 50.
 */
list_batches: [Nothing, Array<BatchView>], 
/**
 * One window of a batch's tools.
 */
list_batch_items: [ListBatchItems, BatchPage], 
/**
 * Hold a running batch after the tool that is on its way.
 */
pause_batch: [OnBatch, Nothing], 
/**
 * Go on with a paused batch, or finish an interrupted one.
 */
resume_batch: [OnBatch, Nothing], 
/**
 * Stop a batch: what was done stays, the rest is not sent.
 */
stop_batch: [OnBatch, Nothing], 
/**
 * Try what failed of a batch again: refused, without an answer, or skipped for a reason.
 */
retry_batch: [OnBatch, Nothing], 
/**
 * One window of Activity.
 */
list_activity: [ListActivity, ActivityPage], 
/**
 * Write a file to the downloads folder; never over another.
 */
export_file: [ExportFile, ExportedFile], 
/**
 * What a policy file or a backup would do. Nothing is changed.
 */
plan_import: [PlanImport, ImportPlan], 
/**
 * Take the pins of a backup that was planned last.
 */
apply_backup: [Nothing, Accepted], 
/**
 * Read everything again from PostHog, in the background.
 */
sync_now: [Nothing, Nothing], 
/**
 * Let PostHog read one server's tools again; answers when it has.
 */
refresh_server: [OnServer, Nothing], 
/**
 * Let PostHog read every connected server again, one after the other, within the budget.
 */
refresh_all: [Nothing, Nothing], 
/**
 * Empty the queue of *Refresh all*; a reading that runs goes on.
 */
stop_refreshing: [Nothing, Nothing], 
/**
 * Rename, describe, switch on or off; read back.
 */
change_server: [ChangeServer, Nothing], 
/**
 * Remove a server from the project. What this machine knows of its tools stays in the ledger.
 */
remove_server: [OnServer, Nothing], 
/**
 * Share a server with the project or take it back.
 */
share_server: [ShareServer, Nothing], 
/**
 * What is known about an address before a server is added by it. Errors name the field `url`.
 */
check_address: [CheckAddress, AddressCheck], 
/**
 * Begin adding a server by its address; answers at once with the flow. Errors name a field.
 */
add_server: [AddServer, FlowView], 
/**
 * The catalog from the cache; fetched in the background when old.
 */
list_catalog: [Nothing, CatalogView], 
/**
 * Begin connecting a catalog entry; answers at once with the flow.
 */
connect_template: [ConnectTemplate, FlowView], 
/**
 * Begin logging in again to a server; answers at once with the flow.
 */
reconnect_server: [OnServer, FlowView], 
/**
 * Flows of this run, newest first.
 */
list_flows: [Nothing, Array<FlowView>], 
/**
 * Open the login page again.
 */
open_flow_again: [OnFlow, Nothing], 
/**
 * Put the login page's address on the clipboard.
 */
copy_flow_link: [OnFlow, Nothing], 
/**
 * "I have finished": ask PostHog now.
 */
check_flow: [OnFlow, Nothing], 
/**
 * Stop waiting. What PostHog has stays as it is.
 */
cancel_flow: [OnFlow, Nothing], 
/**
 * Take an ended flow off the list.
 */
dismiss_flow: [OnFlow, Nothing], 
/**
 * Who owns the callback scheme.
 */
scheme: [Nothing, SchemeView], 
/**
 * Make this program the owner of the callback scheme.
 */
claim_scheme: [Nothing, SchemeView], 
/**
 * Remember that the person does not want that.
 */
decline_scheme: [Nothing, SchemeView], 
/**
 * Give the callback scheme back.
 */
release_scheme: [Nothing, SchemeView], 
/**
 * Open the data folder in the system's file manager.
 */
open_data_folder: [Nothing, Nothing], 
/**
 * Forget everything on this machine: keys, caches, pins, decisions, logs. The app ends. PostHog keeps what it has.
 */
remove_my_data: [Nothing, Nothing], 
/**
 * Open the page that makes a personal API key, in the browser.
 */
open_key_page: [OpenKeyPage, Nothing], 
/**
 * Write an error of the page to the log.
 */
report_ui_error: [ReportUiError, Nothing], };

/**
 * `connect_template`.
 */
export type ConnectTemplate = { 
/**
 * Catalog entry.
 */
template_id: string, 
/**
 * The key as typed, for entries that want one.
 */
api_key: string | null, };

/**
 * Tools by what they may do. Unknown words count as `blocked`: the strictest.
 */
export type Counts = { 
/**
 * All live tools.
 */
total: number, 
/**
 * `approved`.
 */
allowed: number, 
/**
 * `needs_approval`.
 */
ask: number, 
/**
 * `do_not_use` and unknown words.
 */
blocked: number, 
/**
 * Live tools whose definition differs from the one decided on.
 */
changed: number, 
/**
 * Tools the server no longer offers.
 */
removed: number, 
/**
 * Tools that wait in Review and were not put off; what is only not pinned yet does not count.
 */
to_review: number, 
/**
 * Estimated tokens when all live tools are listed.
 */
tokens: number, };

/**
 * `decide`.
 */
export type Decide = { 
/**
 * Installation id.
 */
server_id: string, 
/**
 * Upstream tool name.
 */
tool: string, 
/**
 * The decision.
 */
decision: Decision, 
/**
 * Fingerprint of the definition that was on screen.
 */
fingerprint: string, };

/**
 * What a person may decide about a tool (contract 2.3). Ordered: later is stricter.
 */
export type Decision = "approved" | "needs_approval" | "do_not_use";

/**
 * How PostHog's answer compares with what was asked.
 */
export type DecisionOutcome = "as_asked" | "kept_otherwise" | "definition_changed";

/**
 * What became of a decision.
 */
export type DecisionResult = { 
/**
 * The tool as PostHog answered it.
 */
row: ToolRow, 
/**
 * How that compares with what was asked.
 */
outcome: DecisionOutcome, 
/**
 * Its number in the journal: what taking it back asks for.
 */
decision: number, };

/**
 * Error codes. One exists only where the window says or does something different.
 */
export type ErrorCode = "signed_out" | "offline" | "timeout" | "certificate" | "key_refused" | "missing_scope" | "forbidden" | "project_not_found" | "not_found" | "throttled" | "budget" | "invalid" | "ceiling" | "fixed" | "definition_moved" | "already_installed" | "conflict" | "server_off" | "server_off_for_team" | "login_runs" | "upstream" | "posthog_failed" | "not_posthog" | "bad_address" | "unsafe_login_page" | "denied" | "exchange_failed" | "no_code" | "provider_error" | "expired" | "keyring_absent" | "keyring_locked" | "browser_failed" | "in_use" | "newer_ledger" | "internal";

/**
 * What changed, so that the window reads again.
 */
export type Event = { "kind": "boot" } | { "kind": "servers" } | { "kind": "tools", 
/**
 * The server.
 */
server_id: string, } | { "kind": "catalog" } | { "kind": "flows" } | { "kind": "review" } | { "kind": "activity" } | { "kind": "batches" } | { "kind": "raised" } | { "kind": "show_review" } & ActiveProject | { "kind": "crashed" };

/**
 * `export_file`.
 */
export type ExportFile = { 
/**
 * What to write.
 */
kind: ExportKind, };

/**
 * How Activity is written to a file.
 */
export type ExportKind = "activity_json" | "activity_csv" | "policy" | "backup";

/**
 * A file that was written.
 */
export type ExportedFile = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its folder, to show.
 */
folder: string, 
/**
 * Lines, tools or pins in it.
 */
count: number, };

/**
 * What kind of evidence a text holds.
 */
export type FindingKind = "instruction" | "private_file" | "secret_passed_on" | "hidden_from_user" | "invisible" | "look_alike" | "other_tool" | "encoded_blob" | "link";

/**
 * A piece of evidence in a definition's text.
 */
export type FindingView = { 
/**
 * Stable id: the same text in the same field has the same.
 */
id: string, 
/**
 * What kind.
 */
kind: FindingKind, 
/**
 * Where, for example `description` or `parameters.query.description`.
 */
field: string, 
/**
 * Text before the place, clipped.
 */
before: string, 
/**
 * The place itself, clipped, controls visible.
 */
hit: string, 
/**
 * Text after it, clipped.
 */
after: string, 
/**
 * One sentence that says what it is.
 */
sentence: string, 
/**
 * The person said that this text is known.
 */
accepted: boolean, 
/**
 * It was in the definition compared with as well.
 */
old: boolean, 
/**
 * Common in honest definitions too, such as a link: worth a line, no warning.
 */
note: boolean, };

/**
 * Why a decision cannot be changed here.
 */
export type Fixed = "locked" | "not_yours" | "not_addressable";

/**
 * Where a connection flow stands.
 */
export type FlowStep = "preparing" | "waiting" | "checking" | "reading_tools" | "connected" | "failed" | "cancelled" | "expired";

/**
 * One connection flow.
 */
export type FlowView = { 
/**
 * Id of the flow on this machine.
 */
id: string, 
/**
 * Account it belongs to.
 */
account: string, 
/**
 * Project it belongs to.
 */
project: number, 
/**
 * The catalog entry, for a first connection of one.
 */
template_id: string | null, 
/**
 * Name of the server being connected.
 */
title: string, 
/**
 * The server, once PostHog has a row for it.
 */
server_id: string | null, 
/**
 * Where it stands.
 */
step: FlowStep, 
/**
 * Host of the page that was opened.
 */
host: string | null, 
/**
 * Who must be signed in to PostHog in the browser.
 */
email: string, 
/**
 * When the server forgets the login, in milliseconds since the epoch.
 */
deadline_ms: number | null, 
/**
 * Tools found, once read.
 */
tools_found: number | null, 
/**
 * Why it failed.
 */
problem: CommandError | null, 
/**
 * The last look at PostHog said: not yet.
 */
not_yet: boolean, 
/**
 * The browser could not be opened: offer *Copy link*.
 */
browser_failed: boolean, };

/**
 * A line of a tool's history.
 */
export type HistoryView = { 
/**
 * When this app did or noticed it.
 */
at: string, 
/**
 * What it was, in the words of Activity; `first_contact` for a tool that was there when its server was first seen.
 */
what: ActivityKind, 
/**
 * For decisions: state before.
 */
before: string, 
/**
 * For decisions: what was asked.
 */
asked: string, 
/**
 * For decisions: what PostHog answered; empty when it did not or was not asked.
 */
answered: string, 
/**
 * For decisions: what came of it, as in Activity; else empty.
 */
result: string, 
/**
 * For decisions: PostHog's words where it refused.
 */
words: string, 
/**
 * The definition that counts as decided on comes from this decision.
 */
pins: boolean, };

/**
 * What an imported file is.
 */
export type ImportKind = "policy" | "backup";

/**
 * What a policy file or a backup would do: a dry run.
 */
export type ImportPlan = { 
/**
 * What the file is.
 */
kind: ImportKind, 
/**
 * For a policy: the plan of its decisions. Nothing has been sent.
 */
plan: PlanView | null, 
/**
 * Servers of the file that this project does not have: their addresses.
 */
unknown_servers: Array<string>, 
/**
 * Tools of the file that their server does not offer, as `server · tool`, at most 200.
 */
unknown_tools: Array<string>, 
/**
 * Tools whose definition here is not the one the file was made with, as `server · tool`, at most 200: not pinned.
 */
other_definitions: Array<string>, 
/**
 * For a backup: pins that would be added.
 */
new_pins: number, 
/**
 * For a backup: pins here that are newer than the file's and stay.
 */
kept_pins: number, 
/**
 * For a backup: decisions on many tools that would be added to Activity as one step each.
 */
new_batches: number, 
/**
 * For a backup: lines of what was noticed that would be added to Activity.
 */
new_events: number, };

/**
 * A server that a catalog entry is already connected as.
 */
export type InstalledRef = { 
/**
 * Its id.
 */
server_id: string, 
/**
 * Its status.
 */
status: ServerStatus, };

/**
 * What became of one tool of a batch.
 */
export type ItemResult = "waiting" | "sent" | "as_asked" | "kept_otherwise" | "definition_changed" | "refused" | "unknown" | "skipped";

/**
 * Where a key is kept.
 */
export type Kept = "keyring" | "this_run";

/**
 * State of the operating system's keyring.
 */
export type KeyringView = "ready" | "absent" | "locked";

/**
 * `list_activity`.
 */
export type ListActivity = { 
/**
 * Words that all occur in server or tool name; empty for all.
 */
search: string, 
/**
 * Which ones.
 */
filter: ActivityFilter, 
/**
 * First line, from 0.
 */
offset: number, 
/**
 * Lines wanted, at most 200.
 */
limit: number, };

/**
 * `list_batch_items`.
 */
export type ListBatchItems = { 
/**
 * Number of the batch.
 */
batch: number, 
/**
 * Only those with this result.
 */
result: ItemResult | null, 
/**
 * First row, from 0.
 */
offset: number, 
/**
 * Rows wanted, at most 200.
 */
limit: number, };

/**
 * `list_plan`.
 */
export type ListPlan = { 
/**
 * The plan.
 */
plan: number, 
/**
 * Which part.
 */
part: PlanPart, 
/**
 * First row, from 0.
 */
offset: number, 
/**
 * Rows wanted, at most 200.
 */
limit: number, };

/**
 * `list_review`.
 */
export type ListReview = { 
/**
 * First entry, from 0.
 */
offset: number, 
/**
 * Entries wanted, at most 200.
 */
limit: number, };

/**
 * `list_tools`.
 */
export type ListTools = { 
/**
 * Installation id.
 */
server_id: string, 
/**
 * Text to look for in name, title and description; empty for all.
 */
search: string, 
/**
 * Which ones.
 */
filter: ToolFilter, 
/**
 * First row, from 0.
 */
offset: number, 
/**
 * Rows wanted, at most 200.
 */
limit: number, };

/**
 * How a server added by its address is logged in to (contract 3.9).
 */
export type LoginKind = "browser" | "own_client" | "key" | "open";

/**
 * No arguments.
 */
export type Nothing = Record<symbol, never>;

/**
 * A thing to say once at start.
 */
export type Notice = "cache_set_aside" | "crashed_before";

/**
 * A command on one account.
 */
export type OnAccount = { 
/**
 * Account id.
 */
account: string, };

/**
 * A command on one batch.
 */
export type OnBatch = { 
/**
 * Its number.
 */
batch: number, };

/**
 * A command on one flow.
 */
export type OnFlow = { 
/**
 * Flow id.
 */
flow: string, };

/**
 * A command on one server.
 */
export type OnServer = { 
/**
 * Installation id.
 */
server_id: string, };

/**
 * `get_tool`.
 */
export type OnTool = { 
/**
 * Installation id.
 */
server_id: string, 
/**
 * Upstream tool name.
 */
tool: string, };

/**
 * `open_key_page`.
 */
export type OpenKeyPage = { 
/**
 * `us`, `eu`, or the address of an own host.
 */
host: string, };

/**
 * One parameter of a tool.
 */
export type ParameterView = { 
/**
 * Name within its parent.
 */
name: string, 
/**
 * 0 for top-level parameters.
 */
depth: number, 
/**
 * For example `string`, `integer ≥ 1`, `“spam” | “other”`.
 */
kind: string, 
/**
 * The schema requires it.
 */
required: boolean, 
/**
 * Description, may be empty.
 */
description: string, };

/**
 * What became of a part.
 */
export type PartChange = "same" | "removed" | "added";

/**
 * Number of tools in one part of a plan.
 */
export type PlanCount = { 
/**
 * The part.
 */
part: PlanPart, 
/**
 * Tools.
 */
count: number, };

/**
 * `plan_decisions`.
 */
export type PlanDecisions = { 
/**
 * Which tools.
 */
tools: Selection, 
/**
 * What is asked for all of them.
 */
decision: Decision, };

/**
 * `plan_import`.
 */
export type PlanImport = { 
/**
 * Text of the file, at most 64 MiB.
 */
text: string, };

/**
 * What a plan says of a tool.
 */
export type PlanPart = "change" | "already" | "locked" | "ceiling" | "not_yours" | "not_addressable" | "moved" | "foreign" | "missing";

/**
 * `plan_undo`: one of the two.
 */
export type PlanUndo = { 
/**
 * A batch as one step.
 */
batch: number | null, 
/**
 * One decision of the journal.
 */
decision: number | null, };

/**
 * A plan: what would happen. Nothing has been sent.
 */
export type PlanView = { 
/**
 * Id of the plan, good until the app ends or the plan is applied.
 */
plan: number, 
/**
 * What is asked; null when it differs from tool to tool (undo, import).
 */
asked: Decision | null, 
/**
 * How many tools fall into each part that has any.
 */
parts: Array<PlanCount>, 
/**
 * Of those that get another state: by the one they have now.
 */
from: Array<StateCount>, 
/**
 * Of those that change: are as asked already, and only which definition was decided on changes.
 */
only_pins: number, 
/**
 * Of those that change: become less strict.
 */
looser: number, 
/**
 * These are many: applying asks once more.
 */
asks_again: boolean, 
/**
 * Undo only: tools that keep an explicit choice where a preset or the team ruled before (contract 4.2).
 */
keeps_over_team: number, 
/**
 * Undo only: tools that keep an explicit choice where only PostHog's default ruled before.
 */
keeps_over_default: number, 
/**
 * About how long the sending takes under PostHog's limits, seconds.
 */
seconds: number, };

/**
 * One project of an account.
 */
export type ProjectView = { 
/**
 * PostHog's number of the project.
 */
id: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Name of the organisation it belongs to.
 */
organization: string, };

/**
 * `put_off`.
 */
export type PutOff = { 
/**
 * The tool, and the definition that is put off.
 */
tool: SeenTool, 
/**
 * Put off, or bring back.
 */
later: boolean, };

/**
 * Entries of Review that were put off, or brought back.
 */
export type PutOffDone = { 
/**
 * Which ones: what taking it back asks for.
 */
tools: Array<SeenTool>, 
/**
 * Left, because another definition is known by now or nothing of it waits any more.
 */
moved: number, };

/**
 * `put_off_many`.
 */
export type PutOffMany = { 
/**
 * Which ones.
 */
tools: Selection, 
/**
 * Put off, or bring back.
 */
later: boolean, };

/**
 * `report_ui_error`.
 */
export type ReportUiError = { 
/**
 * What the page says went wrong, at most 2,000 characters are kept.
 */
message: string, };

/**
 * Number of tools with one result.
 */
export type ResultCount = { 
/**
 * The result.
 */
result: ItemResult, 
/**
 * Tools.
 */
count: number, };

/**
 * One group's number of entries.
 */
export type ReviewCount = { 
/**
 * The group.
 */
group: ReviewGroup, 
/**
 * Entries, with those put off.
 */
count: number, 
/**
 * Of these, put off: they are last in their group.
 */
later: number, };

/**
 * One entry, whole.
 */
export type ReviewDetail = { 
/**
 * The entry.
 */
item: ReviewItem, 
/**
 * What `before` is; null where there is nothing to compare with: then all of it is new.
 */
base: BaseView | null, 
/**
 * Titles.
 */
title: TextDiff, 
/**
 * Descriptions.
 */
description: TextDiff, 
/**
 * Parameters.
 */
parameters: SchemaDiff, 
/**
 * Evidence in the definition there now.
 */
findings: Array<FindingView>, };

/**
 * Why something waits in Review. Declared in the order of the screen, the loudest first. The ledger holds the same words.
 */
export type ReviewGroup = "changed_allowed" | "came_back" | "new_allowed" | "loosened" | "new" | "changed_otherwise" | "removed" | "connections" | "unpinned";

/**
 * One entry of the inbox: a tool, or a server in the group of connections.
 */
export type ReviewItem = { 
/**
 * Its group.
 */
group: ReviewGroup, 
/**
 * Id of the server.
 */
server_id: string, 
/**
 * Name of the server.
 */
server_name: string, 
/**
 * The tool; null for a connection.
 */
row: ToolRow | null, 
/**
 * Put off with *Later*; a further change brings it back, and so does a louder group.
 */
later: boolean, 
/**
 * When this app noticed it.
 */
noticed_at: string | null, 
/**
 * For what came back or is removed: since when it was gone, as noticed here.
 */
gone_at: string | null, 
/**
 * What changed, in short; null where there is nothing to compare with.
 */
summary: ChangeSummary | null, 
/**
 * When PostHog last read the server, where it says so (generation C).
 */
last_read_at: string | null, 
/**
 * When this app last saw the server's tools.
 */
seen_at: string | null, 
/**
 * For a connection: its status.
 */
status: ServerStatus | null, 
/**
 * For a connection: tools that stay known.
 */
tools: number, };

/**
 * A window of the inbox.
 */
export type ReviewPage = { 
/**
 * Entries from `offset` on, by group, then not put off, then server and tool name.
 */
items: Array<ReviewItem>, 
/**
 * Entries in all.
 */
total: number, 
/**
 * Revision this window belongs to.
 */
revision: number, };

/**
 * How much waits.
 */
export type ReviewView = { 
/**
 * Groups that have something, in the order of the list.
 */
groups: Array<ReviewCount>, 
/**
 * What the badge says: everything but what was put off and what is only not pinned yet.
 */
waiting: number, 
/**
 * Moves whenever something in the list does: sent back with what concerns a whole group.
 */
revision: number, };

/**
 * One difference between two input schemas.
 */
export type SchemaChange = { 
/**
 * The parameter: `filter.state`, `items[]`; empty for the schema as a whole. A name with `.`, `[`, `]`, `"` or
 * nothing in it is in quotes. Definitions that others refer to are below `$defs` or `definitions`.
 */
path: string, 
/**
 * What happened to it.
 */
kind: SchemaChangeKind, 
/**
 * How it was, at most 200 characters; for a renamed one its old name.
 */
before: string | null, 
/**
 * How it is now, at most 200 characters; for a renamed one its new name.
 */
after: string | null, 
/**
 * The parameter must be given now.
 */
required: boolean, 
/**
 * Of a changed description, word by word.
 */
text: TextDiff | null, };

/**
 * What happened to a parameter.
 */
export type SchemaChangeKind = "added" | "removed" | "renamed" | "type_changed" | "choices_changed" | "default_changed" | "now_required" | "no_longer_required" | "description_changed" | "limits_changed" | "other_changed";

/**
 * What differs between two input schemas.
 */
export type SchemaDiff = { 
/**
 * Paths of the parameters that stayed as they were, at most 500: those of the outermost level, and those beside a
 * change.
 */
unchanged: Array<string>, 
/**
 * What differs, at most 501 entries. Empty if and only if the two have the same canonical form (or, of schemas
 * that have none, the same text).
 */
changes: Array<SchemaChange>, 
/**
 * One of the two has no canonical form; only the texts were compared.
 */
unreadable: boolean, 
/**
 * The two schemas as indented JSON, when `changes` cannot say everything.
 */
text: TextDiff | null, };

/**
 * Owner of the scheme.
 */
export type SchemeOwner = "nobody" | "hedgerow" | "other";

/**
 * Who owns the `posthog-code` scheme.
 */
export type SchemeView = { 
/**
 * Who handles it now.
 */
owner: SchemeOwner, 
/**
 * Name of the other program, as the system says it; empty otherwise.
 */
other: string, 
/**
 * The person was asked and said no; ask again only in settings.
 */
declined: boolean, };

/**
 * A tool and the definition of it that was on screen.
 */
export type SeenTool = { 
/**
 * Installation id.
 */
server_id: string, 
/**
 * Upstream tool name.
 */
tool: string, 
/**
 * Fingerprint of the definition that was on screen.
 */
fingerprint: string, };

/**
 * Which tools a plan is about.
 */
export type Selection = { "of": "tools", 
/**
 * Each with what was on screen.
 */
tools: Array<SeenTool>, } | { "of": "group", 
/**
 * The group.
 */
group: ReviewGroup, 
/**
 * Revision of the list that was on screen.
 */
revision: number, } | { "of": "server", 
/**
 * Installation id.
 */
server_id: string, 
/**
 * As typed.
 */
search: string, 
/**
 * As chosen.
 */
filter: ToolFilter, };

/**
 * One server.
 */
export type ServerRow = { 
/**
 * PostHog's id of the installation.
 */
id: string, 
/**
 * Name, or the host when it has none.
 */
name: string, 
/**
 * Its address.
 */
url: string, 
/**
 * Host part of the address.
 */
host: string, 
/**
 * `oauth`, `api_key`, or an unknown word as PostHog said it.
 */
auth: string, 
/**
 * Description, may be empty.
 */
description: string, 
/**
 * Its one status.
 */
status: ServerStatus, 
/**
 * The server's or PostHog's words about the last failed reading; may be empty.
 */
last_error: string, 
/**
 * When PostHog last read the server's tools (generation C), else null.
 */
last_read_at: string | null, 
/**
 * When this app last saw the server's tools.
 */
seen_at: string | null, 
/**
 * When it was connected.
 */
created_at: string | null, 
/**
 * Shared in the project by somebody.
 */
shared: boolean, 
/**
 * This account owns the connection.
 */
is_owner: boolean, 
/**
 * Number of tools known, by decision.
 */
counts: Counts, 
/**
 * A refresh that runs right now.
 */
refreshing: boolean, };

/**
 * A server's one status (product: Servers).
 */
export type ServerStatus = "connected" | "finish_connecting" | "log_in_again" | "off" | "off_for_team" | "never_read" | "last_read_failed";

/**
 * All servers of the project, and how fresh that is.
 */
export type ServersView = { 
/**
 * Servers, the ones that need the person first, then by name.
 */
servers: Array<ServerRow>, 
/**
 * PostHog can share a server with the project: not in generations A0 and A (contract 9). True until a row tells.
 */
can_share: boolean, 
/**
 * How fresh the list is.
 */
sync: SyncView, };

/**
 * `share_server`.
 */
export type ShareServer = { 
/**
 * Installation id.
 */
server_id: string, 
/**
 * Share with the project, or take back.
 */
shared: boolean, };

/**
 * `sign_in_key`.
 */
export type SignInKey = { 
/**
 * `us`, `eu`, or the address of an own host.
 */
host: string, 
/**
 * The key as typed.
 */
key: string, 
/**
 * Where to keep it.
 */
keep: Kept, };

/**
 * Answer to a sign-in: the account, and the projects to choose from.
 */
export type SignedIn = { 
/**
 * The new account.
 */
account: AccountView, 
/**
 * Set when the choice was clear (one project, or the one PostHog has selected).
 */
active: ActiveProject | null, 
/**
 * Where the key is now.
 */
kept: Kept, };

/**
 * Number of tools in one state.
 */
export type StateCount = { 
/**
 * State as PostHog says it.
 */
state: string, 
/**
 * Tools.
 */
count: number, };

/**
 * How the cached facts compare with PostHog.
 */
export type SyncView = { 
/**
 * True while a sync is running.
 */
running: boolean, 
/**
 * Servers read so far in the running sync.
 */
done: number, 
/**
 * Servers the running sync will read.
 */
total: number, 
/**
 * When PostHog last answered everything that was asked.
 */
last_success_at: string | null, 
/**
 * Why the last sync failed, if it did.
 */
problem: CommandError | null, 
/**
 * True when PostHog cannot be reached; writes are refused.
 */
offline: boolean, 
/**
 * Servers waiting to be read again by *Refresh all*, in their order.
 */
queue: Array<string>, 
/**
 * When the queue goes on, while it waits for the budget: milliseconds since the epoch.
 */
queue_resumes_ms: number | null, };

/**
 * Two texts in two columns, word by word.
 */
export type TextDiff = { 
/**
 * The text decided on: what stayed and what was removed.
 */
before: Array<TextPart>, 
/**
 * The text there is now: what stayed and what was added.
 */
after: Array<TextPart>, 
/**
 * The two texts are the same, byte for byte.
 */
same: boolean, 
/**
 * The columns show only a part of the texts; it begins shortly before the first difference.
 */
clipped: boolean, };

/**
 * A run of text with one fate.
 */
export type TextPart = { 
/**
 * Plain text to show; for an [`unseen`](Self::unseen) character that has no picture, `U+` and its number.
 */
text: string, 
/**
 * Whether it stayed.
 */
change: PartChange, 
/**
 * The part is one character that a reader would not see, or would take for another.
 */
unseen: Unseen | null, };

/**
 * One tool, whole.
 */
export type ToolDetail = { 
/**
 * The row.
 */
row: ToolRow, 
/**
 * Id of its server.
 */
server_id: string, 
/**
 * Name of its server.
 */
server_name: string, 
/**
 * Description as the server gives it, up to 20,000 characters, controls made visible.
 */
description: string, 
/**
 * True when the description was longer than that.
 */
description_clipped: boolean, 
/**
 * Parameters, flattened; nested ones follow their parent with a greater depth.
 */
parameters: Array<ParameterView>, 
/**
 * The schema as JSON, indented, up to 100,000 characters.
 */
schema: string, 
/**
 * What was decided and seen here, newest first.
 */
history: Array<HistoryView>, };

/**
 * Which tools of a server to show.
 */
export type ToolFilter = "all" | "allowed" | "ask" | "blocked" | "changed" | "removed";

/**
 * A window of rows.
 */
export type ToolPage = { 
/**
 * Rows from `offset` on.
 */
rows: Array<ToolRow>, 
/**
 * Rows that match in all.
 */
total: number, };

/**
 * One tool in a table.
 */
export type ToolRow = { 
/**
 * The upstream name, exactly: the key for decisions.
 */
name: string, 
/**
 * The name as text to show (controls made visible, clipped).
 */
label: string, 
/**
 * Title, may be empty.
 */
title: string, 
/**
 * First line of the description, clipped to 300 characters.
 */
summary: string, 
/**
 * What it may do, as PostHog says it; may be a word this version does not know.
 */
state: string, 
/**
 * What may be chosen here; empty when nothing may (see `fixed`).
 */
choices: Array<Decision>, 
/**
 * Why nothing may be chosen.
 */
fixed: Fixed | null, 
/**
 * Who decided: `rule`, `scope`, `team`, `preset`, `legacy`, `default`, or an unknown word.
 */
decided_by: string, 
/**
 * The team's ceiling, if any: only this or stricter may be chosen.
 */
ceiling: string | null, 
/**
 * A rule of the team fixes it.
 */
locked: boolean, 
/**
 * The definition differs from the one last decided on here.
 */
changed: boolean, 
/**
 * Why it waits in Review, if it does.
 */
review: ReviewGroup | null, 
/**
 * When it was found missing upstream.
 */
removed_at: string | null, 
/**
 * When PostHog last saw it.
 */
last_seen_at: string | null, 
/**
 * Estimated tokens each time a client lists it.
 */
tokens: number, 
/**
 * Fingerprint of the definition in this row: send it back with a decision.
 */
fingerprint: string, 
/**
 * What the server claims about it.
 */
claims: Claims, };

/**
 * A character that does not look like what it is.
 */
export type Unseen = { 
/**
 * How it deceives.
 */
kind: UnseenKind, 
/**
 * Its Unicode name, or a plain description.
 */
name: string, };

/**
 * How a character deceives.
 */
export type UnseenKind = "invisible" | "bidirectional" | "control" | "confusable";

/**
 * Why watching rests.
 */
export type WatchRest = "offline" | "signed_out" | "battery" | "nothing" | "budget";

/**
 * What a person may set about watching and Review.
 */
export type WatchSettings = { 
/**
 * Watch in the background.
 */
watch: boolean, 
/**
 * Say on the desktop when something was noticed.
 */
notify: boolean, 
/**
 * Set changed allowed tools back to *Ask first* without waiting for the person.
 */
set_back: boolean, 
/**
 * Single keys act in the list of Review.
 */
review_keys: boolean, };

/**
 * How watching stands.
 */
export type WatchView = { 
/**
 * Switched on.
 */
on: boolean, 
/**
 * Why it rests although it is on.
 */
rests: WatchRest | null, 
/**
 * Name of the server whose turn is next.
 */
next: string | null, 
/**
 * When its turn is, milliseconds since the epoch.
 */
next_ms: number | null, 
/**
 * When PostHog last read a server because this app asked, by itself or for the person.
 */
last_at: string | null, };
