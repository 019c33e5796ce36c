//! The commands of the page, one line each: state, one request, the core. Their types are in
//! `hedgerow_core::commands`; each takes one argument named `args`.

use hedgerow_core::commands::*;
use hedgerow_core::posthog::{CustomAuth, CustomServer, InstallationChange};
use hedgerow_core::secrets::Secret;
use hedgerow_core::view::*;
use tauri::{AppHandle, Manager, Runtime, State};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_opener::OpenerExt;

use crate::{Shell, scheme};

type Answer<T> = Result<T, CommandError>;
type On<'a> = State<'a, Shell>;

const DONE: Nothing = Nothing {};

/// Makes the handler and the list of its names from one enumeration, so that neither can miss a command.
macro_rules! handlers {
    ($($name:ident),* $(,)?) => {
        /// Names of all commands.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

        /// What answers the page.
        pub fn handler<R: Runtime>() -> impl Fn(tauri::ipc::Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }
    };
}

handlers![
    review,
    list_review,
    get_review,
    put_off,
    put_off_many,
    accept_finding,
    watch,
    watch_settings,
    set_watch_settings,
    release_scheme,
    open_data_folder,
    remove_my_data,
    refresh_all,
    stop_refreshing,
    change_server,
    remove_server,
    share_server,
    check_address,
    add_server,
    boot,
    sign_in_key,
    open_sample,
    choose_project,
    sign_out,
    list_servers,
    list_tools,
    get_tool,
    decide,
    sync_now,
    refresh_server,
    list_catalog,
    connect_template,
    reconnect_server,
    list_flows,
    open_flow_again,
    copy_flow_link,
    check_flow,
    cancel_flow,
    dismiss_flow,
    accept,
    plan_decisions,
    plan_undo,
    list_plan,
    apply_plan,
    list_batches,
    list_batch_items,
    pause_batch,
    resume_batch,
    stop_batch,
    retry_batch,
    scheme,
    claim_scheme,
    decline_scheme,
    open_key_page,
    report_ui_error,
    list_activity,
    export_file,
    plan_import,
    apply_backup,
];

fn invalid(field: &str) -> CommandError {
    CommandError { field: Some(field.to_owned()), ..error(ErrorCode::Invalid) }
}

fn error(code: ErrorCode) -> CommandError {
    CommandError { code, message: String::new(), field: None, retry_after: None }
}

#[tauri::command]
async fn boot(shell: On<'_>) -> Answer<Boot> {
    shell.core()?.boot().await
}

#[tauri::command]
async fn sign_in_key(shell: On<'_>, args: SignInKey) -> Answer<SignedIn> {
    shell.core()?.sign_in_key(&args.host, Secret::new(args.key), args.keep).await
}

#[tauri::command]
async fn open_sample(shell: On<'_>) -> Answer<ActiveProject> {
    shell.sample.open(shell.core()?).await
}

#[tauri::command]
async fn choose_project(shell: On<'_>, args: ChooseProject) -> Answer<ActiveProject> {
    shell.core()?.activate(&args.account, args.project).await
}

#[tauri::command]
async fn sign_out(shell: On<'_>, args: OnAccount) -> Answer<Nothing> {
    shell.core()?.sign_out(&args.account).await.map(|()| DONE)
}

#[tauri::command]
async fn list_servers(shell: On<'_>) -> Answer<ServersView> {
    shell.active()?.servers().await
}

#[tauri::command]
async fn list_tools(shell: On<'_>, args: ListTools) -> Answer<ToolPage> {
    shell.active()?.tools(&args.server_id, &args.search, args.filter, args.offset, args.limit).await
}

#[tauri::command]
async fn get_tool(shell: On<'_>, args: OnTool) -> Answer<ToolDetail> {
    shell.active()?.tool(&args.server_id, &args.tool).await
}

#[tauri::command]
async fn decide(shell: On<'_>, args: Decide) -> Answer<DecisionResult> {
    shell.active()?.decide(&args.server_id, &args.tool, args.decision, &args.fingerprint).await
}

#[tauri::command]
async fn review(shell: On<'_>) -> Answer<ReviewView> {
    shell.active()?.review().await
}

#[tauri::command]
async fn list_review(shell: On<'_>, args: ListReview) -> Answer<ReviewPage> {
    shell.active()?.review_page(args.offset, args.limit).await
}

#[tauri::command]
async fn get_review(shell: On<'_>, args: OnTool) -> Answer<ReviewDetail> {
    shell.active()?.review_detail(&args.server_id, &args.tool).await
}

#[tauri::command]
async fn put_off(shell: On<'_>, args: PutOff) -> Answer<Nothing> {
    let SeenTool { server_id, tool, fingerprint } = &args.tool;
    shell.active()?.put_off(server_id, tool, fingerprint, args.later).await.map(|()| DONE)
}

#[tauri::command]
async fn put_off_many(shell: On<'_>, args: PutOffMany) -> Answer<PutOffDone> {
    shell.active()?.put_off_many(args.tools, args.later).await
}

#[tauri::command]
async fn accept_finding(shell: On<'_>, args: AcceptFinding) -> Answer<Nothing> {
    let project = shell.active()?;
    project.accept_finding(&args.server_id, &args.tool, &args.finding, args.accepted).await.map(|()| DONE)
}

#[tauri::command]
async fn watch(shell: On<'_>) -> Answer<WatchView> {
    shell.active()?.watch().await
}

#[tauri::command]
async fn watch_settings(shell: On<'_>) -> Answer<WatchSettings> {
    shell.core()?.watch_settings().await
}

#[tauri::command]
async fn set_watch_settings(shell: On<'_>, args: WatchSettings) -> Answer<Nothing> {
    shell.core()?.set_watch_settings(args).await.map(|()| DONE)
}

#[tauri::command]
async fn sync_now(shell: On<'_>) -> Answer<Nothing> {
    shell.active()?.sync_soon();
    Ok(DONE)
}

#[tauri::command]
async fn refresh_server(shell: On<'_>, args: OnServer) -> Answer<Nothing> {
    shell.active()?.refresh(&args.server_id).await.map(|()| DONE)
}

#[tauri::command]
async fn refresh_all(shell: On<'_>) -> Answer<Nothing> {
    shell.active()?.refresh_all().await.map(|()| DONE)
}

#[tauri::command]
async fn stop_refreshing(shell: On<'_>) -> Answer<Nothing> {
    shell.active()?.stop_refreshing();
    Ok(DONE)
}

#[tauri::command]
async fn change_server(shell: On<'_>, args: ChangeServer) -> Answer<Nothing> {
    let change = InstallationChange {
        display_name: args.name,
        description: args.description,
        is_enabled: args.enabled,
    };
    shell.active()?.change_server(&args.server_id, &change).await.map(|()| DONE)
}

#[tauri::command]
async fn remove_server(shell: On<'_>, args: OnServer) -> Answer<Nothing> {
    shell.active()?.remove_server(&args.server_id).await.map(|()| DONE)
}

#[tauri::command]
async fn share_server(shell: On<'_>, args: ShareServer) -> Answer<Nothing> {
    shell.active()?.share_server(&args.server_id, args.shared).await.map(|()| DONE)
}

#[tauri::command]
async fn check_address(shell: On<'_>, args: CheckAddress) -> Answer<AddressCheck> {
    shell.active()?.check_address(&args.url).await
}

#[tauri::command]
async fn add_server(shell: On<'_>, args: AddServer) -> Answer<FlowView> {
    let secret = |text: Option<String>| text.filter(|text| !text.trim().is_empty()).map(Secret::new);
    let auth = match args.login {
        LoginKind::Browser => CustomAuth::Login,
        LoginKind::Open => CustomAuth::Open,
        LoginKind::Key => CustomAuth::Key(secret(args.key).ok_or_else(|| invalid("key"))?),
        LoginKind::OwnClient => {
            let id = args.client_id.filter(|id| !id.trim().is_empty()).ok_or_else(|| invalid("client_id"))?;
            CustomAuth::OwnClient { id, secret: secret(args.client_secret) }
        }
    };
    let server = CustomServer { name: args.name, url: args.url, description: args.description, auth };
    shell.core()?.add_server(server).await
}

#[tauri::command]
async fn list_catalog(shell: On<'_>) -> Answer<CatalogView> {
    shell.active()?.catalog_and_renew().await
}

#[tauri::command]
async fn connect_template(shell: On<'_>, args: ConnectTemplate) -> Answer<FlowView> {
    shell.core()?.connect_template(&args.template_id, args.api_key.map(Secret::new)).await
}

#[tauri::command]
async fn reconnect_server(shell: On<'_>, args: OnServer) -> Answer<FlowView> {
    shell.core()?.reconnect(&args.server_id).await
}

#[tauri::command]
async fn list_flows(shell: On<'_>) -> Answer<Vec<FlowView>> {
    Ok(shell.core()?.flows())
}

#[tauri::command]
async fn open_flow_again(shell: On<'_>, args: OnFlow) -> Answer<Nothing> {
    shell.core()?.open_flow_again(&args.flow).map(|()| DONE)
}

#[tauri::command]
async fn copy_flow_link<R: Runtime>(app: AppHandle<R>, shell: On<'_>, args: OnFlow) -> Answer<Nothing> {
    let link = shell.core()?.flow_link(&args.flow)?;
    app.clipboard().write_text(link).map(|()| DONE).map_err(|_| error(ErrorCode::Internal))
}

#[tauri::command]
async fn check_flow(shell: On<'_>, args: OnFlow) -> Answer<Nothing> {
    shell.core()?.check_flow(&args.flow).map(|()| DONE)
}

#[tauri::command]
async fn cancel_flow(shell: On<'_>, args: OnFlow) -> Answer<Nothing> {
    shell.core()?.cancel_flow(&args.flow).map(|()| DONE)
}

#[tauri::command]
async fn dismiss_flow(shell: On<'_>, args: OnFlow) -> Answer<Nothing> {
    shell.core()?.dismiss_flow(&args.flow).map(|()| DONE)
}

#[tauri::command]
async fn accept(shell: On<'_>, args: Accept) -> Answer<Accepted> {
    shell.active()?.accept(args.tools).await
}

#[tauri::command]
async fn plan_decisions(shell: On<'_>, args: PlanDecisions) -> Answer<PlanView> {
    shell.active()?.plan_decisions(args.tools, args.decision).await
}

#[tauri::command]
async fn plan_undo(shell: On<'_>, args: PlanUndo) -> Answer<PlanView> {
    shell.active()?.plan_undo(args.batch, args.decision).await
}

#[tauri::command]
async fn list_plan(shell: On<'_>, args: ListPlan) -> Answer<BatchPage> {
    shell.active()?.list_plan(args.plan, args.part, args.offset, args.limit).await
}

#[tauri::command]
async fn apply_plan(shell: On<'_>, args: ApplyPlan) -> Answer<BatchView> {
    shell.active()?.apply_plan(args.plan, args.looser_confirmed).await
}

#[tauri::command]
async fn list_batches(shell: On<'_>) -> Answer<Vec<BatchView>> {
    shell.active()?.list_batches().await
}

#[tauri::command]
async fn list_batch_items(shell: On<'_>, args: ListBatchItems) -> Answer<BatchPage> {
    shell.active()?.list_batch_items(args.batch, args.result, args.offset, args.limit).await
}

#[tauri::command]
async fn pause_batch(shell: On<'_>, args: OnBatch) -> Answer<Nothing> {
    shell.active()?.pause_batch(args.batch).await.map(|()| DONE)
}

#[tauri::command]
async fn resume_batch(shell: On<'_>, args: OnBatch) -> Answer<Nothing> {
    shell.active()?.resume_batch(args.batch).await.map(|()| DONE)
}

#[tauri::command]
async fn stop_batch(shell: On<'_>, args: OnBatch) -> Answer<Nothing> {
    shell.active()?.stop_batch(args.batch).await.map(|()| DONE)
}

#[tauri::command]
async fn retry_batch(shell: On<'_>, args: OnBatch) -> Answer<Nothing> {
    shell.active()?.retry_batch(args.batch).await.map(|()| DONE)
}

#[tauri::command]
async fn scheme<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<SchemeView> {
    Ok(scheme::view(&app, shell.core()?.scheme_declined().await?).await)
}

#[tauri::command]
async fn claim_scheme<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<SchemeView> {
    shell.core()?.set_scheme_declined(false).await?;
    scheme::claim(&app).await.map_err(|message| CommandError { message, ..error(ErrorCode::Internal) })?;
    Ok(scheme::view(&app, false).await)
}

#[tauri::command]
async fn decline_scheme<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<SchemeView> {
    shell.core()?.set_scheme_declined(true).await?;
    Ok(scheme::view(&app, true).await)
}

#[tauri::command]
async fn release_scheme<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<SchemeView> {
    shell.core()?.set_scheme_declined(true).await?;
    scheme::release(&app).await.map_err(|message| CommandError { message, ..error(ErrorCode::Internal) })?;
    Ok(scheme::view(&app, true).await)
}

#[tauri::command]
async fn open_data_folder<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<Nothing> {
    let folder = shell.core()?.data_dir().display().to_string();
    app.opener().open_path(folder, None::<&str>).map(|()| DONE).map_err(|_| error(ErrorCode::BrowserFailed))
}

#[tauri::command]
async fn remove_my_data<R: Runtime>(app: AppHandle<R>, shell: On<'_>) -> Answer<Nothing> {
    shell.core()?.remove_my_data().await?;
    app.exit(0);
    Ok(DONE)
}

#[tauri::command]
async fn open_key_page<R: Runtime>(app: AppHandle<R>, args: OpenKeyPage) -> Answer<Nothing> {
    let page = hedgerow_core::login::key_page(&args.host)?;
    app.opener().open_url(page, None::<&str>).map(|()| DONE).map_err(|_| error(ErrorCode::BrowserFailed))
}

#[tauri::command]
async fn list_activity(shell: On<'_>, args: ListActivity) -> Answer<ActivityPage> {
    shell.active()?.activity(&args.search, args.filter, args.offset, args.limit).await
}

#[tauri::command]
async fn export_file<R: Runtime>(app: AppHandle<R>, shell: On<'_>, args: ExportFile) -> Answer<ExportedFile> {
    shell.core()?.export_file(args.kind, app.path().download_dir().ok()).await
}

#[tauri::command]
async fn plan_import(shell: On<'_>, args: PlanImport) -> Answer<ImportPlan> {
    shell.active()?.plan_import(&args.text).await
}

#[tauri::command]
async fn apply_backup(shell: On<'_>) -> Answer<Accepted> {
    shell.active()?.apply_backup().await
}

#[tauri::command]
async fn report_ui_error(args: ReportUiError) -> Answer<Nothing> {
    let message = hedgerow_core::text::visible_line(&args.message, 2_000);
    tracing::error!(%message, "the page reports an error");
    Ok(DONE)
}
