//! The native command line over the same library.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use headstart::serve;

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
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let done: Result<(), Box<dyn std::error::Error>> = match Cli::parse().command {
        Command::Serve { dir, port } => serve_bundle(dir, port).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve_bundle(dir: PathBuf, port: u16) -> Result<(), Box<dyn std::error::Error>> {
    let server = serve::start(&dir, port, false).await?;
    eprintln!("Headstart is at http://{}/ (Ctrl-C stops it).", server.addr);
    server.wait().await;
    Ok(())
}
