//! The rules of replay stores.

use std::{collections::BTreeSet, time::Duration};

use tokio::time::{Instant, sleep};

use super::store::{DAY, Found, PATIENCE, Stores, WINDOW};

pub(super) const FIRST: &str =
    "Who claims a key first gets a token, and everyone else gets nothing while the claim lives";

pub(super) async fn first(stores: &Stores) -> Found<()> {
    stores.grant("first", DAY, WINDOW).await?;
    for _ in 0..3 {
        stores.refuse("first").await?;
    }
    Ok(())
}

pub(super) const TOKENS: &str = "Each claim has a token of its own";

pub(super) async fn tokens(stores: &Stores) -> Found<()> {
    let mut tokens = BTreeSet::new();
    // Of one key, too.
    for name in ["token 1", "token 2", "token 3", "token 3"] {
        let token = stores.grant(name, DAY, WINDOW).await?;
        if name == "token 3" {
            stores.release(name, &token).await?;
        }
        if !tokens.insert(token) {
            return Err("two claims had the same".to_owned());
        }
    }
    Ok(())
}

pub(super) const RELEASE: &str = "A claim that is released with its token is free again";

pub(super) async fn release(stores: &Stores) -> Found<()> {
    for _ in 0..2 {
        let token = stores.grant("released", DAY, WINDOW).await?;
        stores.refuse("released").await?;
        stores.release("released", &token).await?;
    }
    Ok(())
}

pub(super) const FOREIGN_RELEASE: &str = "A release with another token changes nothing, and is no error";

pub(super) async fn foreign_release(stores: &Stores) -> Found<()> {
    stores.release("nobody's", "token").await?;
    let old = stores.grant("another's", DAY, WINDOW).await?;
    stores.release("another's", "token").await?;
    stores.refuse("another's").await?;
    stores.release("another's", &old).await?;
    let new = stores.grant("another's", DAY, WINDOW).await?;
    stores.release("another's", &old).await?;
    stores.refuse("another's").await?;
    stores.release("another's", &new).await
}

pub(super) const LIFE: &str = "A claim is gone when its life is over, however often it was refused to others before";

pub(super) async fn life(stores: &Stores) -> Found<()> {
    let second = Duration::from_secs(1);
    let old = stores.grant("short", second, second).await?;
    let begun = Instant::now();
    loop {
        sleep(Duration::from_millis(100)).await;
        if stores.claim("short", DAY, WINDOW).await?.is_some() {
            break;
        }
        if begun.elapsed() > PATIENCE {
            return Err(format!("one of a second was there after {} s", PATIENCE.as_secs()));
        }
    }
    // What it was granted to is another claim.
    stores.release("short", &old).await?;
    stores.refuse("short").await
}

pub(super) const WINDOW_RULE: &str = "A claim lives for its whole ttl, not for its window only, while there is room";

pub(super) async fn window(stores: &Stores) -> Found<()> {
    stores.grant("past its window", DAY, Duration::from_millis(1)).await?;
    sleep(Duration::from_millis(50)).await;
    stores.refuse("past its window").await
}

pub(super) const LONGEST_LIFE: &str = "A claim may live for 285 years, which is what the longest ttl comes to";

pub(super) async fn longest_life(stores: &Stores) -> Found<()> {
    stores.grant("long", Duration::from_millis((1 << 53) / 1_000), WINDOW).await?;
    stores.refuse("long").await
}

pub(super) const KEYS: &str = "Keys are the same only if they are the same bytes, whatever is in them";

pub(super) async fn keys(stores: &Stores) -> Found<()> {
    // As long as a namespace, a name and an id.
    let long = "0123456789".repeat(20);
    let names = [
        "a",
        "A",
        "a ",
        " a",
        "aa",
        "a:a",
        "a%",
        "a_",
        "a*",
        "a'",
        "a\"",
        "a\\",
        "a;--",
        "$1",
        "?",
        "%s",
        "{a}",
        "a\n",
        "a\t",
        // Composed and not; of two characters in UTF-16; what has no case, and what has a strange one.
        "\u{e9}",
        "e\u{301}",
        "\u{1f600}",
        "\u{5ba2}\u{6237}",
        "\u{df}",
        "ss",
        "SS",
        "\u{130}",
        "i",
        "I",
        &long,
        &long[..199],
    ];
    for name in names {
        stores.grant(name, DAY, WINDOW).await?;
    }
    for name in names {
        stores.refuse(name).await?;
    }
    Ok(())
}

pub(super) const AT_ONCE: &str = "Of many who claim a key at once, one is granted it";

pub(super) async fn at_once(stores: &Stores) -> Found<()> {
    for name in ["race 1", "race 2", "race 3", "race 4"] {
        let racing: Vec<_> = (0..25)
            .map(|_| {
                let (store, key) = (stores.next(), stores.key(name));
                tokio::spawn(async move { store.claim(&key, DAY, WINDOW).await.map_err(|error| format!("{error:?}")) })
            })
            .collect();
        let mut granted = 0;
        for claim in racing {
            let claimed = claim.await.unwrap_or_else(|panic| Err(panic.to_string()));
            granted += usize::from(claimed.map_err(|error| format!("a claim failed with {error}"))?.is_some());
        }
        if granted != 1 {
            return Err(format!("of 25 who claimed {name:?}, {granted} were granted it"));
        }
    }
    Ok(())
}
