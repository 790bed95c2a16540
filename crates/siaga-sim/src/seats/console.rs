//! The HTTP side of a console: session cookie, JSON, problems as errors.

use serde::{Serialize, de::DeserializeOwned};
use siaga_core::view::session::{Health, Me, Problem, SignIn};
use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::Mutex,
    time::Duration,
};

/// A server on the same machine answers in milliseconds; a stuck one must not stop a run.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    #[error("the server's address cannot be reached: {0}")]
    Address(#[from] io::Error),
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("{status} {kind}: {title}")]
    Refused { status: u16, kind: String, title: String },
    #[error("the answer is not what the contract says: {0}")]
    Shape(#[from] serde_json::Error),
}

pub struct Console {
    client: reqwest::Client,
    url: String,
    cookie: Mutex<String>,
}

impl Console {
    pub fn open(url: &str) -> Result<Self, ConsoleError> {
        let client = reqwest::Client::builder().connect_timeout(ANSWER_WITHIN).tcp_nodelay(true).build()?;
        Ok(Self { client, url: url.trim_end_matches('/').to_owned(), cookie: Mutex::new(String::new()) })
    }

    /// Our address on the network that leads to the server: media must come from there.
    pub async fn facing_ip(&self) -> Result<IpAddr, ConsoleError> {
        let server = self.url.rsplit("//").next().unwrap_or(&self.url);
        let server = if server.rsplit(']').next().is_some_and(|end| end.contains(':')) {
            server.to_owned()
        } else {
            format!("{server}:443")
        };
        let peer = tokio::net::lookup_host(server)
            .await?
            .next()
            .ok_or_else(|| io::Error::from(io::ErrorKind::AddrNotAvailable))?;
        let any: IpAddr = if peer.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
        let socket = tokio::net::UdpSocket::bind((any, 0)).await?;
        socket.connect(peer).await?;
        Ok(socket.local_addr()?.ip())
    }

    pub async fn health(&self) -> Result<Health, ConsoleError> {
        self.get("health").await
    }

    pub async fn sign_in(&self, user: &str, password: &str) -> Result<Me, ConsoleError> {
        let body = SignIn { user: user.to_owned(), password: password.to_owned(), totp: None };
        let response = self.request(reqwest::Method::POST, "session").json(&body).send().await?;
        let cookie = response
            .headers()
            .get_all(reqwest::header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok()?.split(';').next().map(str::to_owned))
            .collect::<Vec<_>>()
            .join("; ");
        check(response).await?;
        if let Ok(mut jar) = self.cookie.lock() {
            *jar = cookie;
        }
        self.get("session").await
    }

    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ConsoleError> {
        let body = check(self.request(reqwest::Method::GET, path).timeout(ANSWER_WITHIN).send().await?).await?;
        Ok(serde_json::from_slice(&body)?)
    }

    /// The body of the answer, whatever it is; empty for 204.
    pub async fn post(&self, path: &str, body: &impl Serialize) -> Result<Vec<u8>, ConsoleError> {
        self.send(reqwest::Method::POST, path, body).await
    }

    pub async fn send(
        &self,
        method: reqwest::Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<Vec<u8>, ConsoleError> {
        let request = self
            .request(method, path)
            .timeout(ANSWER_WITHIN)
            .header("idempotency-key", uuid::Uuid::new_v4().to_string());
        check(request.json(body).send().await?).await
    }

    /// The live stream: no deadline as a whole, it lives as long as the seat.
    pub async fn live(&self) -> Result<reqwest::Response, ConsoleError> {
        Ok(self.request(reqwest::Method::GET, "live").send().await?)
    }

    fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        let cookie = self.cookie.lock().map(|jar| jar.clone()).unwrap_or_default();
        self.client
            .request(method, format!("{}/api/{path}", self.url))
            .header(reqwest::header::COOKIE, cookie)
            .header(reqwest::header::ORIGIN, &self.url)
    }
}

async fn check(response: reqwest::Response) -> Result<Vec<u8>, ConsoleError> {
    let status = response.status();
    let body = response.bytes().await?.to_vec();
    if status.is_success() {
        return Ok(body);
    }
    let problem = serde_json::from_slice::<Problem>(&body).ok();
    let (kind, title) = problem.map_or_else(|| ("unknown".into(), String::new()), |p| (p.kind, p.title));
    Err(ConsoleError::Refused { status: status.as_u16(), kind, title })
}
