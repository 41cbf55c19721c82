//! The records of a project.

use super::Quality;
use serde::{Deserialize, Deserializer, Serialize};

/// Names a project within a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProjectId(pub u32);

/// Names a class within its project; never used again after the class is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClassId(pub u32);

/// Names a photo within its project; never used again after the photo is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PhotoId(pub u32);

/// Names a head within its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HeadId(pub u32);

/// Heads of a project that were trained or opened, removed ones included; one of 20 classes takes half a megabyte.
pub const MOST_MADE_HEADS: usize = 8;

/// Names a burst: photos of one scene, which must not judge each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BurstId(pub u32);

/// A label with photos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// Its name in the project.
    pub id: ClassId,
    /// What the person calls it.
    pub name: String,
}

/// What a photo is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Heads learn from it.
    #[default]
    Training,
    /// It judges the head that answers, and no head ever learns from it.
    Test,
}

/// The numbers of the steps that are kept of what a person did: from `first` to before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Steps {
    /// The oldest one.
    pub first: u32,
    /// The steps before this one are made; it and those behind it are taken back.
    pub at: u32,
    /// The first number that was not given yet.
    pub end: u32,
}

/// A project: its classes in the order the person sees them, and the counters that its ids come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Its name in the store.
    pub id: ProjectId,
    /// What the person calls it; empty until they do.
    pub name: String,
    /// When it was made, milliseconds since 1970.
    pub created_ms: u64,
    /// Its classes, in order.
    pub classes: Vec<Class>,
    /// The head that answers predictions.
    pub active_head: Option<HeadId>,
    /// The heads that were trained or opened, the last one last. Before schema 4 there was at most one.
    #[serde(default, alias = "made_head", deserialize_with = "one_or_many")]
    pub made_heads: Vec<HeadId>,
    /// Heads that were removed, the last one last: kept while there is room, so that their removal can be undone.
    #[serde(default)]
    pub removed_heads: Vec<HeadId>,
    /// The head that is fitted as photos arrive.
    #[serde(default)]
    pub instant_head: Option<HeadId>,
    /// Whether the person chose the active head; otherwise it is the one with the better score.
    #[serde(default)]
    pub head_chosen: bool,
    /// Percent of the photos of the classes that may be called unknown.
    #[serde(default = "usual_false_unknown")]
    pub false_unknown_percent: u8,
    /// Which steps of what the person did are kept.
    #[serde(default)]
    pub steps: Steps,
    /// When it went to the trash, milliseconds since 1970.
    #[serde(default)]
    pub trashed_ms: Option<u64>,
    /// The next free id of a class, a photo, a head.
    pub next_class: u32,
    /// See `next_class`.
    pub next_photo: u32,
    /// See `next_class`.
    pub next_head: u32,
}

/// A photo's record. The pixels lie beside it, in the store's tables of copies and thumbnails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Its name in the project.
    pub id: PhotoId,
    /// The class it shows, or none while it waits in the unsorted tray.
    pub class: Option<ClassId>,
    /// SHA-256 of the original file, in hexadecimal.
    pub sha256: String,
    /// Size of the original file.
    pub size_bytes: u64,
    /// The original's base name.
    pub name: String,
    /// The original's path below the folder that was added, `/` between the parts; the base name where there was none.
    pub path: String,
    /// When it was taken, from its EXIF, as `YYYY-MM-DD HH:MM:SS` in the camera's own time.
    pub captured: Option<String>,
    /// Its place in the order of import.
    pub order: u32,
    /// What it is for.
    #[serde(default)]
    pub role: Role,
    /// Whether it is kept and nothing else: no head learns from it, and it judges none.
    #[serde(default)]
    pub excluded: bool,
    /// Free labels beside the class, such as place or camera.
    pub tags: Vec<String>,
    /// The burst that a person put it in; none where the pictures decide. Photos of one class and one such burst show one
    /// scene, one that is alone in it shows its own.
    pub burst: Option<BurstId>,
    /// Width of the upright original.
    pub width_px: u32,
    /// Height of the upright original.
    pub height_px: u32,
    /// How it came out, where it was looked at for that.
    #[serde(default)]
    pub quality: Option<Quality>,
    /// When it went to the trash, milliseconds since 1970.
    pub trashed_ms: Option<u64>,
}

impl Photo {
    /// The class that heads learn from it; none for a photo of the test set, an excluded one, or one that has no class.
    pub fn teaches(&self) -> Option<ClassId> {
        self.class.filter(|_| self.role == Role::Training && !self.excluded)
    }

    /// The class that it judges heads by, as a photo of the test set.
    pub fn tests(&self) -> Option<ClassId> {
        self.class.filter(|_| self.role == Role::Test && !self.excluded)
    }
}

fn usual_false_unknown() -> u8 {
    5
}

fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<HeadId>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Heads {
        Many(Vec<HeadId>),
        One(Option<HeadId>),
    }
    Ok(match Heads::deserialize(from)? {
        Heads::Many(heads) => heads,
        Heads::One(head) => head.into_iter().collect(),
    })
}

impl Project {
    /// A project without anything in it.
    pub fn new(id: ProjectId, created_ms: u64) -> Self {
        Self {
            id,
            name: String::new(),
            created_ms,
            classes: Vec::new(),
            active_head: None,
            made_heads: Vec::new(),
            removed_heads: Vec::new(),
            instant_head: None,
            head_chosen: false,
            false_unknown_percent: usual_false_unknown(),
            steps: Steps::default(),
            trashed_ms: None,
            next_class: 1,
            next_photo: 1,
            next_head: 1,
        }
    }

    /// The class of that id.
    pub fn class(&self, id: ClassId) -> Option<&Class> {
        self.classes.iter().find(|class| class.id == id)
    }

    /// The heads that have records in the store.
    pub fn heads(&self) -> impl Iterator<Item = HeadId> {
        self.made_heads.iter().chain(&self.removed_heads).chain(&self.active_head).chain(&self.instant_head).copied()
    }

    /// Takes a head away.
    pub fn remove_head(&mut self, head: HeadId) {
        let Some(at) = self.made_heads.iter().position(|made| *made == head) else { return };
        self.made_heads.remove(at);
        self.removed_heads.push(head);
        if self.active_head == Some(head) {
            (self.active_head, self.head_chosen) = (None, false);
        }
    }

    /// Brings a head back that was taken away, to its place in time; whether it was still kept.
    pub fn return_head(&mut self, head: HeadId) -> bool {
        let Some(at) = self.removed_heads.iter().position(|removed| *removed == head) else { return false };
        self.removed_heads.remove(at);
        let at = self.made_heads.partition_point(|made| *made < head);
        self.made_heads.insert(at, head);
        true
    }

    /// The class of that name, or a new one at the end; whether it is new.
    pub fn class_named(&mut self, name: &str) -> (ClassId, bool) {
        if let Some(class) = self.classes.iter().find(|class| class.name == name) {
            return (class.id, false);
        }
        let id = ClassId(self.next_class);
        self.next_class += 1;
        self.classes.push(Class { id, name: name.to_owned() });
        (id, true)
    }
}
