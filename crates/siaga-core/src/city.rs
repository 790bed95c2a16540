//! The city as data: kelurahan, landmarks, incident types, agencies, routing.
