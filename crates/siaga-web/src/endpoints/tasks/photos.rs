//! `POST /api/tasks/{token}/photos`: one photo as `multipart/form-data`, any field name. Its kind is told by its bytes.

use crate::{Answer, Problem, Web, gate::ClientAddress, input::PathId};
use axum::{
    Json,
    extract::{FromRequest, Multipart, Request, State},
    http::StatusCode,
};
use bytes::Bytes;
use siaga_core::{
    photo::{PHOTO_BYTES_MAX, PHOTO_PIXELS_MAX, PhotoKind, pixels},
    view::task::TaskView,
};

/// The photo and the envelope around it, bytes.
pub const UPLOAD_MAX: usize = PHOTO_BYTES_MAX + 16 * 1024;

pub async fn keep(
    State(web): State<Web>,
    ClientAddress(address): ClientAddress,
    PathId(token): PathId<String>,
    request: Request,
) -> Answer<(StatusCode, Json<TaskView>)> {
    let scene = web.scene();
    let assignment = super::admit(&web, &scene, &token, address)?;
    if super::view(&web, &scene, assignment).await?.closed {
        return Err(Problem::conflict("Kejadian ini sudah ditutup"));
    }
    let (bytes, kind) = read(request).await?;
    let (_, incident) = web.store.photo_keep(&web.config.attachments, assignment, kind, &bytes, scene.now).await?;
    let view = super::changed(&web, &scene, assignment, incident).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// The photo of a request: small enough, and a photo by its bytes.
pub(crate) async fn read(request: Request) -> Answer<(Bytes, PhotoKind)> {
    let bytes = photo(request).await?;
    if bytes.len() > PHOTO_BYTES_MAX {
        return Err(Problem::photo_too_large());
    }
    let kind = PhotoKind::of(&bytes).ok_or_else(|| {
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "no_photo", "Berkas ini bukan foto")
            .detail("Yang diterima: JPEG, PNG, WebP.")
    })?;
    if pixels(&bytes).is_some_and(|pixels| pixels > PHOTO_PIXELS_MAX) {
        return Err(Problem::photo_too_large());
    }
    Ok((bytes, kind))
}

/// The first file of the form.
async fn photo(request: Request) -> Answer<Bytes> {
    let unreadable = |status: StatusCode| {
        if status == StatusCode::PAYLOAD_TOO_LARGE {
            return Problem::photo_too_large();
        }
        Problem::new(StatusCode::BAD_REQUEST, "unreadable", "Kiriman foto tidak terbaca")
    };
    let mut form = Multipart::from_request(request, &()).await.map_err(|error| unreadable(error.status()))?;
    let field = form.next_field().await.map_err(|error| unreadable(error.status()))?;
    let field = field.ok_or_else(|| unreadable(StatusCode::BAD_REQUEST))?;
    field.bytes().await.map_err(|error| unreadable(error.status()))
}

#[cfg(test)]
mod tests {
    use crate::{
        endpoints::incidents::testing::send_fire,
        testing::{House, NOBODY, Reply},
        web::WebConfig,
    };
    use axum::{body::Body, http::Request};
    use siaga_core::{photo::PHOTO_BYTES_MAX, role::Role};
    use siaga_store::testing::TestFolder;

    async fn send(house: &House, path: &str, photo: &[u8]) -> Reply {
        let mut body = b"--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.exe\"\r\n\r\n".to_vec();
        body.extend_from_slice(photo);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let request =
            Request::post(path).header("host", "siaga.test").header("content-type", "multipart/form-data; boundary=x");
        house.send(request.body(Body::from(body)).unwrap()).await
    }

    #[tokio::test]
    async fn a_photo_comes_in_and_is_seen_at_the_desk() {
        let folder = TestFolder::new();
        let config = WebConfig { attachments: folder.path().join("attachments"), ..WebConfig::default() };
        let house = House::with(config).await;
        let siti = house.sign_in(Role::CallTaker).await;
        let incident = send_fire(&house, &siti).await;
        let url = incident["assignments"][0]["task_url"].as_str().unwrap();
        let path = format!("/api/tasks/{}/photos", url.rsplit('/').next().unwrap());
        let jpeg = b"\xff\xd8\xff\xe0 a small picture";
        let kept = send(&house, &path, jpeg).await;
        assert_eq!((kept.status, &kept.json()["photo_count"]), (201, &1.into()), "{}", kept.text());
        assert_eq!(send(&house, &path, jpeg).await.json()["photo_count"], 1, "sent again after a lost answer");

        let shown =
            house.get(&format!("/api/incidents/{}", incident["incident_id"].as_str().unwrap()), &siti).await.json();
        let photo = format!("/api/attachments/{}", shown["assignments"][0]["photos"][0].as_str().unwrap());
        let reply = house.get(&photo, &siti).await;
        assert_eq!(
            (reply.status, reply.header("content-type"), reply.body.as_ref()),
            (200, Some("image/jpeg"), jpeg.as_slice())
        );
        assert_eq!(house.get(&photo, NOBODY).await.status, 401);

        for (bytes, status) in [
            (b"<svg onload=alert(1)>".to_vec(), 415),
            (vec![], 415),
            ([jpeg.to_vec(), vec![0; PHOTO_BYTES_MAX]].concat(), 413),
        ] {
            assert_eq!(send(&house, &path, &bytes).await.status, status, "{} bytes", bytes.len());
        }
        let no_form = house.post(&path, NOBODY, serde_json::json!({})).await;
        assert_eq!((no_form.status, no_form.json()["type"].as_str()), (400, Some("unreadable")));
        assert_eq!(send(&house, "/api/tasks/x/photos", jpeg).await.status, 404);
        assert_eq!(std::fs::read_dir(folder.path().join("attachments")).unwrap().count(), 1);
    }
}
