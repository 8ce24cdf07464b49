//! Texts of callers within the limits. A refusal begins with its code.

use spacetimedb::ReducerContext;

use crate::rules::limits::{
    self, MAX_CLIENT_ID_LENGTH, MAX_EMOJI_LENGTH, MAX_REASON_LENGTH, MAX_ROOM_NAME_LENGTH,
    MAX_STATUS_LENGTH, MAX_TOPIC_LENGTH,
};
use crate::text;

pub fn message(ctx: &ReducerContext, raw: &str) -> Result<String, String> {
    with_code(
        "text",
        text::clean_message(raw, limits::current(ctx).message_length),
    )
}

/// Cleans a person's name. The refusal has no code, since a terminal client shows it as it is.
pub fn person_name(ctx: &ReducerContext, raw: &str) -> Result<String, String> {
    text::clean_name(raw, limits::current(ctx).name_length)
}

pub fn room_name(raw: &str) -> Result<String, String> {
    with_code("name", text::clean_name(raw, MAX_ROOM_NAME_LENGTH))
}

pub fn topic(raw: &str) -> Result<String, String> {
    with_code("text", text::clean_line("Topics", raw, MAX_TOPIC_LENGTH))
}

pub fn status(raw: &str) -> Result<String, String> {
    with_code("text", text::clean_line("Statuses", raw, MAX_STATUS_LENGTH))
}

/// Cleans a reason that may be empty.
pub fn optional_reason(raw: &str) -> Result<String, String> {
    with_code("text", text::clean_line("Reasons", raw, MAX_REASON_LENGTH))
}

pub fn reason(raw: &str) -> Result<String, String> {
    let reason = optional_reason(raw)?;
    if reason.is_empty() {
        return Err("text: Enter a reason".into());
    }
    Ok(reason)
}

pub fn require_emoji(emoji: &str) -> Result<(), String> {
    with_code("emoji", text::check_emoji(emoji, MAX_EMOJI_LENGTH))
}

pub fn require_client_id(client_id: &str) -> Result<(), String> {
    let is_printable = client_id.chars().all(|c| c.is_ascii_graphic());
    if client_id.is_empty() || client_id.len() > MAX_CLIENT_ID_LENGTH || !is_printable {
        return Err(format!(
            "id: A client id is 1 to {MAX_CLIENT_ID_LENGTH} printable characters"
        ));
    }
    Ok(())
}

fn with_code<T>(code: &str, result: Result<T, String>) -> Result<T, String> {
    result.map_err(|sentence| format!("{code}: {sentence}"))
}
