//! What really lies in the browser's database, looked at from outside of the app, and whether it fits together.

use std::collections::{BTreeMap, BTreeSet};

use headstart::dataset::{HeadId, Photo, Project, ProjectId, Steps};
use serde::Deserialize;

use crate::{app::App, browser::Browser};

/// Reads the whole database in one transaction. Pictures are only looked at from both ends, pools only counted.
const SCRIPT: &str = r"
const done = arguments[arguments.length - 1];
const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const text = (value) => new TextDecoder().decode(value);
const jpeg = (v) => v[0] === 0xff && v[1] === 0xd8 && v.at(-2) === 0xff && v.at(-1) === 0xd9;
const hashes = (value) => {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const [count, dim] = [view.getUint32(4, true), view.getUint32(8, true)];
  if (text(value.slice(0, 4)) !== 'HSF1' || value.length !== 12 + count * (32 + 2 * dim)) return null;
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return Array.from({ length: count }, (_, at) => hex(value.slice(12 + 32 * at, 44 + 32 * at)));
};
(async () => {
  // Opened without a version it would be made where there is none.
  if (!(await indexedDB.databases()).some((database) => database.name === 'headstart')) return done(null);
  const database = await settled(indexedDB.open('headstart'));
  const transaction = database.transaction([...database.objectStoreNames]);
  const shelf = async (name, view) => {
    const store = transaction.objectStore(name);
    const found = {};
    // Some at a time: all pictures of a large project are too much at once.
    for (let range = null; ; ) {
      const [keys, values] = await Promise.all([settled(store.getAllKeys(range, 200)), settled(store.getAll(range, 200))]);
      keys.forEach((key, at) => { found[key] = view(values[at]); });
      if (keys.length < 200) return found;
      range = IDBKeyRange.lowerBound(keys.at(-1), true);
    }
  };
  const [projects, photos, copies, thumbs, features, heads, files, journal, steps] = await Promise.all([
    shelf('projects', text), shelf('photos', text), shelf('copies', jpeg), shelf('thumbs', jpeg),
    shelf('features', hashes), shelf('heads', text), shelf('head-files', (v) => v.length), shelf('journal', text),
    shelf('steps', text),
  ]);
  database.close();
  done({ projects, photos, copies, thumbs, features, heads, files, journal, steps });
})().catch((error) => done({ error: String(error) }));
";

/// The tables of the database.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(crate) struct Shelves {
    projects: BTreeMap<String, String>,
    photos: BTreeMap<String, String>,
    /// Whether each is a whole JPEG, from its first bytes to its last.
    copies: BTreeMap<String, bool>,
    thumbs: BTreeMap<String, bool>,
    /// The photos of each block; none for a block that cannot be read.
    features: BTreeMap<String, Option<Vec<String>>>,
    heads: BTreeMap<String, String>,
    /// Their sizes.
    files: BTreeMap<String, u64>,
    pub(crate) journal: BTreeMap<String, String>,
    steps: BTreeMap<String, String>,
}

/// How much has to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Right after a kill, before the app looks at it: photos may lie in the trash, and pools may be missing.
    AfterKill,
    /// The app has opened it and has nothing to do.
    AtRest,
}

impl Shelves {
    /// Goes to a file of the app that starts nothing, and reads the database there; nothing where there is none.
    pub(crate) async fn look(app: &App, browser: &Browser) -> Self {
        browser.client.goto(&app.url("manifest.webmanifest")).await.unwrap();
        Self::look_here(browser).await
    }

    /// Reads the database of the page that is open.
    pub(crate) async fn look_here(browser: &Browser) -> Self {
        let found = browser.client.execute_async(SCRIPT, Vec::new()).await.unwrap();
        assert!(found["error"].is_null(), "the database cannot be read: {}", found["error"]);
        if found.is_null() { Self::default() } else { serde_json::from_value(found).unwrap() }
    }

    /// All projects, in the order in which they were made.
    pub(crate) fn projects(&self) -> Vec<Project> {
        let records = self.projects.iter().filter(|(key, _)| key.starts_with("project/"));
        records.map(|(_, record)| serde_json::from_str(record).unwrap()).collect()
    }

    /// The project that was open last; none before anything was kept.
    pub(crate) fn project(&self) -> Option<Project> {
        let last: ProjectId = serde_json::from_str(self.projects.get("settings")?).unwrap();
        self.projects().into_iter().find(|project| project.id == last)
    }

    /// What is there of one project.
    pub(crate) fn of(&self, project: ProjectId) -> Self {
        let begin = format!("{:08}/", project.0);
        fn some<T: Clone>(all: &BTreeMap<String, T>, begin: &str) -> BTreeMap<String, T> {
            all.iter()
                .filter(|(key, _)| key.starts_with(begin))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect()
        }
        Self {
            projects: self.projects.clone(),
            photos: some(&self.photos, &begin),
            copies: some(&self.copies, &begin),
            thumbs: some(&self.thumbs, &begin),
            features: some(&self.features, &begin),
            heads: some(&self.heads, &begin),
            files: some(&self.files, &begin),
            journal: some(&self.journal, &begin),
            steps: some(&self.steps, &begin),
        }
    }

    /// The photos of the open project that are not in the trash.
    pub(crate) fn photos(&self) -> Vec<Photo> {
        let open = self.project().map(|project| self.of(project.id)).unwrap_or_default();
        let all = open.photos.values().map(|record| serde_json::from_str::<Photo>(record).unwrap());
        all.filter(|photo| photo.trashed_ms.is_none()).collect()
    }

    /// Base name and class of each photo that is not in the trash.
    pub(crate) fn labels(&self) -> BTreeMap<String, String> {
        let classes = self.project().map(|project| project.classes).unwrap_or_default();
        let named = self.photos().into_iter().map(|photo| {
            let class = classes.iter().find(|class| Some(class.id) == photo.class);
            (photo.name, class.map_or(String::new(), |class| class.name.clone()))
        });
        named.collect()
    }

    /// The head that was trained last.
    pub(crate) fn made_head(&self) -> Option<HeadId> {
        self.project()?.made_heads.last().copied()
    }

    /// That another database has the same project, photo by photo, but for the number that each has for it. The instant head
    /// is fitted again while its photos are read, and gets a new number with it; what can be taken back is no part of a file.
    pub(crate) fn assert_holds_the_same(&self, other: &Self) {
        let alike = |project| Project {
            id: ProjectId(0),
            instant_head: None,
            next_head: 0,
            steps: Steps::default(),
            ..project
        };
        let project = |shelves: &Self| shelves.project().map(alike);
        assert_eq!(project(self), project(other));
        let (these, those) = (self.photos(), other.photos());
        assert_eq!(these.len(), those.len(), "photos");
        for (this, that) in these.iter().zip(&those) {
            assert_eq!(this, that);
        }
    }

    /// Everything that does not fit together, in words. Only the open project can be expected to have all its pools.
    pub(crate) fn troubles(&self, moment: Moment) -> Vec<String> {
        let projects = self.projects();
        let known: BTreeSet<String> = projects.iter().map(|project| format!("{:08}", project.id.0)).collect();
        let pictures = self.copies.keys().chain(self.thumbs.keys());
        let records = self.photos.keys().chain(self.heads.keys()).chain(self.features.keys()).chain(self.steps.keys());
        let lost = pictures.chain(records).find(|key| !known.contains(&key[..8]));
        let lost = lost.map(|key| format!("{key} without a project"));
        let open = self.project().map(|project| project.id);
        let moment_of = |id| if Some(id) == open { moment } else { Moment::AfterKill };
        let each = projects.iter().flat_map(|project| self.of(project.id).troubles_of(project, moment_of(project.id)));
        lost.into_iter().chain(each).collect()
    }

    /// The same of one project, where nothing else is on the shelves.
    fn troubles_of(&self, project: &Project, moment: Moment) -> Vec<String> {
        let mut troubles = Vec::new();
        let mut check = |fine: bool, what: String| {
            if !fine {
                troubles.push(what);
            }
        };
        // Nothing dangles: each of these has all its parts.
        for (name, pictures) in [("copy", &self.copies), ("thumbnail", &self.thumbs)] {
            check(pictures.keys().eq(self.photos.keys()), format!("not every photo has a {name}, or one has no photo"));
            check(pictures.values().all(|whole| *whole), format!("a {name} is cut off"));
        }
        check(
            self.heads.keys().eq(self.files.keys()),
            "a head without its file, or a file without its head".to_owned(),
        );
        let number = |key: &str| key.rsplit('/').next().and_then(|number| number.parse().ok());
        let named: BTreeSet<u32> = project.heads().map(|head| head.0).collect();
        let there: BTreeSet<u32> = self.heads.keys().filter_map(|key| number(key)).collect();
        check(named == there, format!("the project names the heads {named:?}, and {there:?} are there"));
        let steps: BTreeSet<u32> = self.steps.keys().filter_map(|key| number(key)).collect();
        let kept = project.steps.first..project.steps.end;
        check(
            kept.clone().eq(steps.iter().copied()),
            format!("the project names the steps {kept:?}, and {steps:?} are there"),
        );
        let photos: Vec<Photo> = self.photos.values().map(|record| serde_json::from_str(record).unwrap()).collect();
        let alive: Vec<&Photo> = photos.iter().filter(|photo| photo.trashed_ms.is_none()).collect();
        for photo in &alive {
            let class = photo.class.is_none_or(|class| project.class(class).is_some());
            check(class, format!("{} is in a class that is gone", photo.name));
        }
        for photo in &photos {
            check(photo.id.0 < project.next_photo, format!("the number of {} will be given once more", photo.name));
        }
        // Nothing is doubled.
        let mut seen = BTreeSet::new();
        for photo in &alive {
            check(seen.insert((photo.sha256.clone(), photo.class)), format!("{} is there twice", photo.name));
        }
        let known: BTreeSet<&str> = photos.iter().map(|photo| photo.sha256.as_str()).collect();
        let mut pools = BTreeSet::new();
        for (block, hashes) in &self.features {
            check(hashes.is_some(), format!("the block {block} of pools is damaged"));
            for hash in hashes.iter().flatten() {
                check(pools.insert(hash.as_str()), format!("pools of {hash} are there twice"));
                check(known.contains(hash.as_str()), format!("pools of {hash} have no photo"));
            }
        }
        if moment == Moment::AtRest {
            let read: BTreeSet<&str> = alive.iter().map(|photo| photo.sha256.as_str()).collect();
            check(read.is_subset(&pools), format!("{} photos, and pools of {}", read.len(), pools.len()));
        }
        troubles
    }
}

/// The check finds what it is for: each damage is made by hand to a database that fits.
#[test]
fn every_kind_of_damage_is_found() {
    let record = |id: u32, sha: &str| {
        let photo = serde_json::json!({ "id": id, "class": 1, "sha256": sha, "size_bytes": 3, "name": format!("{id}.bmp"),
            "path": "", "captured": null, "order": id, "tags": [], "burst": null, "width_px": 1, "height_px": 1,
            "trashed_ms": null });
        (format!("00000001/{id:08}"), photo.to_string())
    };
    let keys = ["00000001/00000001", "00000001/00000002"].map(str::to_owned);
    let project = serde_json::json!({ "id": 1, "name": "", "created_ms": 0, "classes": [{ "id": 1, "name": "red" }],
        "active_head": 4, "made_head": 4, "next_class": 2, "next_photo": 3, "next_head": 5,
        "steps": { "first": 1, "at": 2, "end": 3 } });
    let whole = Shelves {
        projects: [("project/00000001", project.to_string()), ("settings", "1".to_owned())]
            .map(|(key, value)| (key.to_owned(), value))
            .into(),
        photos: [record(1, "aa"), record(2, "bb")].into(),
        copies: keys.clone().map(|key| (key, true)).into(),
        thumbs: keys.clone().map(|key| (key, true)).into(),
        features: [("00000001/x/00000000".to_owned(), Some(vec!["aa".to_owned(), "bb".to_owned()]))].into(),
        heads: [("00000001/00000004".to_owned(), "{}".to_owned())].into(),
        files: [("00000001/00000004".to_owned(), 9)].into(),
        journal: BTreeMap::new(),
        steps: [1, 2].map(|step| (format!("00000001/{step:08}"), "{}".to_owned())).into(),
    };
    assert_eq!(whole.troubles(Moment::AtRest), Vec::<String>::new());
    type Damage = fn(&mut Shelves);
    let damages: [(&str, Damage); 14] = [
        ("copy", |all| drop(all.copies.pop_first())),
        ("thumbnail", |all| {
            all.thumbs.insert("00000001/00000009".to_owned(), true);
        }),
        ("cut off", |all| {
            all.copies.insert("00000001/00000001".to_owned(), false);
        }),
        ("without its file", |all| drop(all.files.pop_first())),
        ("names the heads", |all| {
            all.heads.insert("00000001/00000003".to_owned(), "{}".to_owned());
            all.files.insert("00000001/00000003".to_owned(), 9);
        }),
        ("class that is gone", |all| {
            for record in all.photos.values_mut() {
                *record = record.replace("\"class\":1", "\"class\":7");
            }
        }),
        ("once more", |all| {
            for record in all.projects.values_mut() {
                *record = record.replace("\"next_photo\":3", "\"next_photo\":2");
            }
        }),
        ("there twice", |all| {
            for record in all.photos.values_mut() {
                *record = record.replace("\"bb\"", "\"aa\"");
            }
        }),
        ("damaged", |all| all.features.values_mut().for_each(|hashes| *hashes = None)),
        ("have no photo", |all| all.features.values_mut().flatten().for_each(|hashes| hashes.push("cc".to_owned()))),
        ("pools of aa are there twice", |all| {
            all.features.insert("00000001/x/00000001".to_owned(), Some(vec!["aa".to_owned()]));
        }),
        ("2 photos, and pools of 1", |all| {
            all.features.values_mut().flatten().for_each(|hashes| drop(hashes.pop()));
        }),
        ("the steps", |all| drop(all.steps.pop_last())),
        ("without a project", |all| all.projects.clear()),
    ];
    for (what, damage) in damages {
        let mut damaged = whole.clone();
        damage(&mut damaged);
        let troubles = damaged.troubles(Moment::AtRest);
        assert!(troubles.iter().any(|trouble| trouble.contains(what)), "{what}: {troubles:?}");
    }
}
