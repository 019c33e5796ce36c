//! The two sizes of window that every screen is looked at in.

use serde_json::json;

use crate::app::App;

/// The size a window begins with and the smallest one it can have, in CSS pixels.
pub(crate) const SIZES: [(u32, u32); 2] = [(1200, 780), (900, 560)];

/// Makes the window this large, and waits until the page is.
pub(crate) async fn resize(app: &App, (width, height): (u32, u32)) {
    app.client().set_window_size(width, height).await.expect("resize the window");
    app.until(&format!("a window of {width} x {height}"), async || {
        let size = app.run("return [innerWidth, innerHeight]", vec![]).await;
        (size == json!([width, height])).then_some(())
    })
    .await;
}
